package dev.scopegate.bench.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The introspection endpoint of the issuer of {@link SampleTokens}, on loopback: it knows their opaque tokens, and says of all
 * others that they are not active. Answers at once, or always lets so many wait, who cost it no threads. Safe for concurrent use.
 */
public final class IntrospectionEndpoint implements AutoCloseable {

    /** Who may ask. */
    static final String CLIENT = "contacts-api";

    /** What shows that it is he. */
    static final String SECRET = "a-secret-of-benchmarks";

    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(UTF_8));
    private static final String TOKEN = "token=";
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final byte[] INACTIVE = "{\"active\":false}".getBytes(UTF_8);
    private static final int BACKLOG = 256;
    private static final long MILLIS_BETWEEN = 31;

    /** What somebody is answered with, in the end. */
    @SuppressWarnings("ArrayRecordComponent") // Each is itself and no other: nobody compares what they say.
    private record Answer(HttpExchange exchange, int status, byte[] body) {}

    private final HttpServer server;
    private final int held;
    private final Map<String, byte[]> active;
    private final BlockingQueue<Answer> waiting = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    private IntrospectionEndpoint(HttpServer server, int held, Map<String, byte[]> active) {
        this.server = server;
        this.held = held;
        this.active = active;
    }

    /** Starts one that answers at once, on a free port. */
    static IntrospectionEndpoint start(SampleTokens tokens) {
        return start(tokens, 0);
    }

    /**
     * Starts one that answers about 32 times a second, in order, and only while more than {@code held} wait.
     *
     * @param held how many: with 64 of them each waits for about 2 s
     */
    public static IntrospectionEndpoint holding(SampleTokens tokens, int held) {
        IntrospectionEndpoint endpoint = start(tokens, held);
        var unused = endpoint.timer.scheduleWithFixedDelay(
                endpoint::answerOne, MILLIS_BETWEEN, MILLIS_BETWEEN, TimeUnit.MILLISECONDS);
        return endpoint;
    }

    private static IntrospectionEndpoint start(SampleTokens tokens, int held) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            IntrospectionEndpoint endpoint = new IntrospectionEndpoint(server, held, answers(tokens.opaque()));
            server.createContext("/introspect", endpoint::take);
            server.start();
            return endpoint;
        } catch (IOException unbound) {
            throw new UncheckedIOException(unbound);
        }
    }

    private static Map<String, byte[]> answers(List<String> tokens) {
        return IntStream.range(0, tokens.size())
                .boxed()
                .collect(Collectors.toUnmodifiableMap(tokens::get, IntrospectionEndpoint::answer));
    }

    /** The same claims as in a JWT. */
    private static byte[] answer(int number) {
        Map<String, Object> members = new LinkedHashMap<>(SampleTokens.claims(number));
        members.put("active", true);
        members.put("token_type", "Bearer");
        return JSONObjectUtils.toJSONString(members).getBytes(UTF_8);
    }

    /** Where it is. */
    public URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/introspect");
    }

    /** How many wait for their answer now. */
    public int waiting() {
        return waiting.size();
    }

    private void answerOne() {
        if (waiting.size() > held) {
            finish(waiting.remove());
        }
    }

    /** Answers all who wait now. */
    public void answerAll() {
        List<Answer> all = new ArrayList<>();
        waiting.drainTo(all);
        all.forEach(IntrospectionEndpoint::finish);
    }

    private void take(HttpExchange exchange) throws IOException {
        Answer answer = answer(exchange);
        if (held == 0) {
            finish(answer);
        } else {
            waiting.add(answer);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        if (!BASIC.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return new Answer(exchange, UNAUTHORIZED, INACTIVE);
        }
        byte[] body = Stream.of(form.split("&", -1))
                .filter(parameter -> parameter.startsWith(TOKEN))
                .findFirst()
                .map(parameter -> active.getOrDefault(parameter.substring(TOKEN.length()), INACTIVE))
                .orElse(INACTIVE);
        return new Answer(exchange, OK, body);
    }

    private static void finish(Answer answer) {
        try (HttpExchange exchange = answer.exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status, answer.body.length);
            exchange.getResponseBody().write(answer.body);
        } catch (IOException goneAway) {
            throw new UncheckedIOException(goneAway);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        server.stop(0);
    }
}
