package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.scopegate.config.ConfigSource;
import dev.scopegate.config.Reload;
import dev.scopegate.model.Access;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.TestIssuer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that changes while requests arrive. */
class ReloadTest {

    @RegisterExtension
    static final TestIssuer FIRST = TestIssuer.start();

    @RegisterExtension
    static final TestIssuer SECOND = TestIssuer.start();

    private static final String TOP = """
            resource: https://api.example.com/contacts
            http: { allow-insecure-loopback: true }
            reload-interval: %s
            issuers:
            """;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MutableClock clock = MutableClock.at(Instant.now());

    @TempDir
    private Path folder;

    private Path file;
    private ResourceServer server;

    @BeforeEach
    void startServer() throws IOException {
        file = folder.resolve("scopegate.yaml");
        write(issuer(FIRST) + issuer(SECOND) + routes("read:contacts"));
        server = build();
    }

    @AfterEach
    void closeServer() {
        server.close();
    }

    private ResourceServer build() {
        return ResourceServer.builder(ConfigSource.of(file))
                .route("GET /health", Access.PUBLIC)
                .clock(clock)
                .meterRegistry(meters)
                .build();
    }

    @Test
    void reload_ruleChanged_nextRequestIsHeldToIt() throws IOException {
        String token = FIRST.token().scope("read:contacts").sign();
        assertThat(get(token)).isInstanceOf(Decision.Permitted.class);

        write(issuer(FIRST) + issuer(SECOND) + routes("admin:contacts"));
        Reload reload = server.reload();

        assertThat(reload).isEqualTo(new Reload.Applied(List.of("route GET /contacts/** changed")));
        assertThat(reason(get(token))).isEqualTo(RefusalReason.SCOPE_MISSING);
        assertThat(server.configStatus().isStale()).isFalse();
        assertThat(reloads("applied")).isEqualTo(1);
    }

    @Test
    void reload_issuerRemoved_itsTokensStopAtOnce() throws IOException {
        String removed = SECOND.token().scope("read:contacts").sign();
        String kept = FIRST.token().scope("read:contacts").sign();
        assertThat(get(removed)).isInstanceOf(Decision.Permitted.class);

        write(issuer(FIRST) + routes("read:contacts"));

        assertThat(server.reload()).isEqualTo(new Reload.Applied(List.of("issuer " + name(SECOND) + " removed")));
        assertThat(reason(get(removed))).isEqualTo(RefusalReason.ISSUER_UNKNOWN);
        assertThat(get(kept)).isInstanceOf(Decision.Permitted.class);
    }

    @Test
    void reload_mistakes_oldPolicyStaysAndSaysSinceWhen() throws IOException {
        String token = FIRST.token().scope("read:contacts").sign();
        Instant broken = clock.instant();
        write(issuer(FIRST) + routes("read:contacts").replace("scopes", "scpoes"));

        Reload reload = server.reload();

        assertThat(reload)
                .isInstanceOfSatisfying(
                        Reload.Failed.class,
                        failed -> assertThat(failed.problems())
                                .startsWith("scopegate.yaml:")
                                .contains("unknown key 'scpoes' in routes[0]; did you mean 'scopes'?"));
        assertThat(get(token)).isInstanceOf(Decision.Permitted.class);
        assertThat(reloads("failed")).isEqualTo(1);
        clock.advance(Duration.ofSeconds(90));
        server.reload();
        assertThat(server.configStatus().staleSince()).contains(broken);
        assertThat(server.configStatus().problems()).contains("scpoes");
        assertThat(meters.get("scopegate.config.stale").gauge().value()).isEqualTo(90);

        write(issuer(FIRST) + routes("read:contacts"));
        assertThat(server.reload()).isInstanceOf(Reload.Applied.class);
        assertThat(server.configStatus().isStale()).isFalse();
        assertThat(meters.get("scopegate.config.stale").gauge().value()).isZero();
    }

    @Test
    void reload_fileGone_oldPolicyStays() throws IOException {
        Files.delete(file);

        assertThat(server.reload()).isInstanceOf(Reload.Failed.class);
        assertThat(get(FIRST.token().scope("read:contacts").sign())).isInstanceOf(Decision.Permitted.class);
    }

    @Test
    void reload_whatJavaSaid_staysOnTop() throws IOException {
        write(issuer(FIRST) + routes("read:contacts"));
        server.reload();

        assertThat(server.decide(new RequestSnapshot("GET", "/health", "/health", List.of())))
                .isInstanceOf(Decision.Permitted.class);
    }

    @Test
    void reload_requestUnderWay_endsWithTheOldPolicy() throws Exception {
        write(issuer(FIRST) + introspection(FIRST) + routes("read:contacts"));
        server.reload();
        FIRST.wireMock()
                .stubFor(post("/introspect")
                        .willReturn(okJson("{\"active\":true,\"aud\":\"https://api.example.com/contacts\","
                                        + "\"scope\":\"read:contacts\"}")
                                .withFixedDelay(1_000)));
        CompletableFuture<Decision> underWay = CompletableFuture.supplyAsync(() -> get("opaque-one"));
        await().until(() -> !FIRST.wireMock()
                .findAll(postRequestedFor(urlEqualTo("/introspect")))
                .isEmpty());

        write(issuer(SECOND) + routes("read:contacts"));
        assertThat(server.reload()).isInstanceOf(Reload.Applied.class);

        assertThat(underWay.get(10, TimeUnit.SECONDS)).isInstanceOf(Decision.Permitted.class);
        assertThat(reason(get("opaque-two"))).isEqualTo(RefusalReason.TOKEN_MALFORMED);
    }

    @Test
    void watch_fileChanges_takesEffectByItself() throws IOException {
        server.close();
        write("20ms", issuer(FIRST) + routes("read:contacts"));
        server = build();
        String token = FIRST.token().scope("read:contacts").sign();
        assertThat(get(token)).isInstanceOf(Decision.Permitted.class);

        write("20ms", issuer(FIRST) + routes("admin:contacts"));

        await().atMost(Duration.ofSeconds(20)).until(() -> get(token) instanceof Decision.Refused);
    }

    @Test
    void close_reloadAfterwards_refused() {
        server.close();

        assertThatThrownBy(server::reload).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> get("x")).isInstanceOf(IllegalStateException.class);
    }

    private void write(String rest) throws IOException {
        write("0s", rest);
    }

    private void write(String interval, String rest) throws IOException {
        Files.writeString(file, TOP.formatted(interval) + rest);
    }

    private static String issuer(TestIssuer issuer) {
        return "  - { name: %s, issuer: '%s' }%n".formatted(name(issuer), issuer.issuer());
    }

    private static String introspection(TestIssuer issuer) {
        return "  - { name: opaque, issuer: '%s/', introspection: { endpoint: '%s', client-id: a, client-secret: b } }%n"
                .formatted(issuer.issuer(), issuer.introspectionEndpoint());
    }

    private static String name(TestIssuer issuer) {
        return issuer == FIRST ? "first" : "second";
    }

    private static String routes(String scope) {
        return "routes:%n  - { route: GET /contacts/**, scopes: %s }%n".formatted(scope);
    }

    private Decision get(String token) {
        return server.decide(new RequestSnapshot("GET", "/contacts", "/contacts", List.of("Bearer " + token)));
    }

    private static RefusalReason reason(Decision decision) {
        return ((Decision.Refused) decision).reason();
    }

    private double reloads(String result) {
        return meters.get("scopegate.config.reloads")
                .tag("result", result)
                .counter()
                .count();
    }
}
