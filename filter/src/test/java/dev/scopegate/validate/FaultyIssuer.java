package dev.scopegate.validate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.JwksConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An issuer whose keys are asked for over a real socket, and whose answers are what a test says: a set, something broken, or
 * nothing at all, and not always to the end. Each key has a name; at another issuer, the key of that name is another one.
 */
final class FaultyIssuer implements AutoCloseable {

    /** What is written in answer to a request for the keys. */
    @FunctionalInterface
    interface Answer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    static final String RESOURCE = "https://api.example.com/contacts";

    private static final Map<String, ECKey> KEYS = new ConcurrentHashMap<>();

    private final String name;
    private final int port;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicLong written = new AtomicLong();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile ServerSocket listening;
    private volatile Answer answer = out -> {};

    private FaultyIssuer(String name) {
        this.name = name;
        this.listening = listen(0);
        this.port = listening.getLocalPort();
    }

    /** An issuer that publishes these keys. */
    static FaultyIssuer publishing(String name, String... keyIds) {
        FaultyIssuer issuer = new FaultyIssuer(name);
        issuer.publish(keyIds);
        return issuer;
    }

    String name() {
        return name;
    }

    String issuer() {
        return "https://" + name + ".example.com";
    }

    URI keysUri() {
        return URI.create("http://127.0.0.1:" + port + "/keys");
    }

    /** The configuration that trusts this issuer, with all defaults. */
    IssuerConfig config() {
        return config(JwksConfigBuilder.builder());
    }

    IssuerConfig config(JwksConfigBuilder jwks) {
        return IssuerConfig.builder(issuer())
                .name(name)
                .jwks(jwks.uri(keysUri()).build())
                .build();
    }

    /** From now on the set of these keys is the answer. */
    void publish(String... keyIds) {
        String set = set(keyIds);
        answer(out -> write(out, "200 OK", "application/json", set));
    }

    /** From now on this is the answer. */
    void answer(Answer next) {
        this.answer = next;
    }

    /** From now on the set of these keys is the answer, as soon as the latch is open. */
    void publishWhen(CountDownLatch latch, String... keyIds) {
        String set = set(keyIds);
        answer(out -> {
            latch.await();
            write(out, "200 OK", "application/json", set);
        });
    }

    /** Connections are refused. */
    void goDown() {
        closeQuietly(listening);
    }

    /** Connections are accepted again, at the same port. */
    void comeBack() {
        listening = listen(port);
    }

    /** How many connections were accepted. */
    int connections() {
        return connections.get();
    }

    /** How often the keys were asked for. */
    int asked() {
        return asked.get();
    }

    /** How many answers have ended, be it because they were broken off. */
    int answered() {
        return answered.get();
    }

    /** How many bytes of answers were taken from us. */
    long written() {
        return written.get();
    }

    static String set(String name, String... keyIds) {
        return Stream.of(keyIds)
                .map(keyId -> key(name, keyId).toPublicJWK().toJSONString())
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    private String set(String... keyIds) {
        return set(name, keyIds);
    }

    /** A good token, signed by the key of this name. */
    String token(String keyId, Clock clock) {
        return token(keyId, clock, Duration.ofMinutes(5));
    }

    String token(String keyId, Clock clock, Duration lifetime) {
        return token(keyId, key(name, keyId), clock, lifetime);
    }

    /** A token that names a key of this issuer, or none of anyone's, and is signed by another issuer's. */
    String forgery(String namedKeyId, FaultyIssuer signer, String signingKeyId, Clock clock) {
        return token(namedKeyId, key(signer.name, signingKeyId), clock, Duration.ofMinutes(5));
    }

    private String token(String keyId, ECKey signingKey, Clock clock, Duration lifetime) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(keyId).build(),
                    new JWTClaimsSet.Builder()
                            .issuer(issuer())
                            .subject("alice")
                            .audience(RESOURCE)
                            .jwtID(UUID.randomUUID().toString())
                            .issueTime(Date.from(clock.instant()))
                            .expirationTime(Date.from(clock.instant().plus(lifetime)))
                            .build());
            token.sign(new ECDSASigner(signingKey));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ECKey key(String issuerName, String keyId) {
        return KEYS.computeIfAbsent(issuerName + ' ' + keyId, both -> {
            try {
                return new ECKeyGenerator(Curve.P_256).keyID(keyId).generate();
            } catch (JOSEException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
    }

    /** Writes an answer with its length. */
    static void write(OutputStream out, String status, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\nContent-Length: " + bytes.length
                + "\r\nConnection: close\r\n\r\n";
        out.write(head.getBytes(UTF_8));
        out.write(bytes);
        out.flush();
    }

    /** Waits until this issuer is closed, or a little while. */
    void pause(Duration time) throws InterruptedException {
        boolean unused = end.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private ServerSocket listen(int wantedPort) {
        try {
            ServerSocket socket = new ServerSocket(wantedPort, 1_000, InetAddress.getLoopbackAddress());
            start(() -> accept(socket));
            return socket;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                open.add(connection);
                start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            skipHead(connection.getInputStream());
            asked.incrementAndGet();
            answer.write(new Counting(connection.getOutputStream()));
        } catch (IOException brokenOff) {
            // The other side has enough, or we are closed.
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
            answered.incrementAndGet();
        }
    }

    private static void skipHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
    }

    private void start(Runnable work) {
        Thread thread = new Thread(work, "faulty-issuer-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        end.countDown();
        closeQuietly(listening);
        open.forEach(FaultyIssuer::closeQuietly);
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception closed) {
            // It is not used any more.
        }
    }

    private final class Counting extends OutputStream {

        private final OutputStream out;

        Counting(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
            written.incrementAndGet();
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            written.addAndGet(length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
