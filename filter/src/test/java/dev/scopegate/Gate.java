package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.JwksConfig;
import dev.scopegate.config.JwksConfigBuilder;
import dev.scopegate.model.Answer;
import dev.scopegate.model.Conclusion;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.Surroundings;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.test.TestIssuer;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A resource server as its clients and its operator see it: what becomes of a token on {@code GET /contacts}, which needs
 * {@link #SCOPE}. Each refusal is held to what is true of all of them: the right status and challenge, one decision counted
 * under its reason, and nothing of the token in the answer, the log or the meters.
 */
final class Gate implements AutoCloseable {

    static final String AUDIENCE = "https://api.example.com/contacts";
    static final String SCOPE = "read:contacts";

    /** Longer than any test. */
    static final JwksConfig CALM = JwksConfigBuilder.builder()
            .refreshInterval(Duration.ofDays(1))
            .maxStaleness(Duration.ofDays(2))
            .cooldown(Duration.ofHours(1))
            .build();

    /** Shorter parts of a token may well stand in an answer by chance. */
    private static final int SHORTEST_SECRET = 16;

    private static final List<RefusalReason> BAD_REQUESTS =
            List.of(RefusalReason.CREDENTIALS_MALFORMED, RefusalReason.TOKEN_TOO_LARGE);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CapturedLog log = new CapturedLog();
    private final ResourceServer server;

    private Gate(UnaryOperator<ResourceServerBuilder> settings) {
        server = settings.apply(ResourceServer.builder()
                        .resource(AUDIENCE)
                        .route("GET /contacts/**", SCOPE)
                        .http(HttpConfig.allowingInsecureLoopback())
                        .meterRegistry(meters))
                .build();
    }

    /** Trusts {@code issuer}, all else by default. */
    static Gate before(TestIssuer issuer) {
        return of(IssuerConfig.of(issuer.issuer()));
    }

    /** Trusts what {@code issuer} signs by one of {@code algorithms}. */
    static Gate accepting(TestIssuer issuer, String... algorithms) {
        return of(IssuerConfig.builder(issuer.issuer())
                .algorithms(List.of(algorithms))
                .build());
    }

    /** Trusts {@code issuer}, whose keys are fetched but for a token that names another one: time itself causes no fetch. */
    static Gate calm(TestIssuer issuer) {
        return of(IssuerConfig.builder(issuer.issuer()).jwks(CALM).build());
    }

    static Gate of(IssuerConfig issuer) {
        return of(builder -> builder.issuer(issuer));
    }

    static Gate of(UnaryOperator<ResourceServerBuilder> settings) {
        return new Gate(settings);
    }

    /** A request with {@code token} goes on; its caller. */
    ValidatedToken permits(String token) {
        Conclusion conclusion = judge(token);
        assertThat(conclusion).isInstanceOf(Conclusion.Passed.class);
        return ((Conclusion.Passed) conclusion).identity().orElseThrow();
    }

    /** A request with {@code token} is answered with a refusal, for one of {@code reasons}. */
    Answer refuses(String token, RefusalReason... reasons) {
        Map<String, Long> before = counted();
        Answer answer = answered(token);
        RefusalReason reason = reasonOf(before);
        assertThat(reason).isIn((Object[]) reasons);
        boolean badRequest = BAD_REQUESTS.contains(reason);
        assertThat(answer.status()).isEqualTo(badRequest ? 400 : 401);
        assertThat(header(answer, "WWW-Authenticate"))
                .startsWith("Bearer ")
                .contains(badRequest ? "error=\"invalid_request\"" : "error=\"invalid_token\"");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertNothingTold(token, answer);
        return answer;
    }

    /** A request with {@code token} is answered with 503: nobody can tell whether the token is good. */
    Answer leavesUndecided(String token, RefusalReason reason) {
        Map<String, Long> before = counted();
        Answer answer = answered(token);
        assertThat(reasonOf(before)).isEqualTo(reason);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(Long.parseLong(header(answer, "Retry-After"))).isPositive();
        // A client that is challenged throws its token away, and this one may be good.
        assertThat(answer.headers()).extracting(Answer.Header::name).doesNotContain("WWW-Authenticate");
        assertNothingTold(token, answer);
        return answer;
    }

    Conclusion judge(String token) {
        return judge("GET", "/contacts", token);
    }

    Conclusion judge(String method, String path, String token) {
        return server.judge(
                new RequestSnapshot(method, path, path, List.of("Bearer " + token)), () -> Surroundings.NONE);
    }

    CapturedLog log() {
        return log;
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    private Answer answered(String token) {
        Conclusion conclusion = judge(token);
        assertThat(conclusion).isInstanceOf(Conclusion.Answered.class);
        return ((Conclusion.Answered) conclusion).answer();
    }

    private Map<String, Long> counted() {
        return meters.find("scopegate.requests").timers().stream()
                .collect(Collectors.toMap(
                        timer -> Optional.ofNullable(timer.getId().getTag("reason"))
                                .orElseThrow(),
                        Timer::count,
                        Long::sum,
                        TreeMap::new));
    }

    /** The reason that one decision was counted under since {@code before}. */
    private RefusalReason reasonOf(Map<String, Long> before) {
        Map<String, Long> since = counted();
        since.replaceAll((reason, count) -> count - before.getOrDefault(reason, 0L));
        since.values().removeIf(count -> count == 0);
        assertThat(since).hasSize(1).containsValue(1L);
        String code = since.keySet().iterator().next();
        return Arrays.stream(RefusalReason.values())
                .filter(reason -> reason.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    /** Neither the answer nor the log nor a meter holds the token, or a part of it but the header. */
    private void assertNothingTold(String token, Answer answer) {
        String told = answer.headers()
                + answer.body()
                + log.text()
                + meters.getMeters().stream()
                        .map(meter -> meter.getId().toString())
                        .toList();
        assertThat(told.contains(token) && token.length() >= SHORTEST_SECRET)
                .as("the token is told")
                .isFalse();
        Arrays.stream(token.split("\\.", -1))
                .skip(1)
                .filter(part -> part.length() >= SHORTEST_SECRET)
                .forEach(part ->
                        assertThat(told.contains(part)).as("a part is told").isFalse());
    }

    private static String header(Answer answer, String name) {
        List<String> values = answer.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Answer.Header::value)
                .toList();
        assertThat(values).as(name).hasSize(1);
        return values.get(0);
    }

    @Override
    public void close() {
        server.close();
        log.close();
    }
}
