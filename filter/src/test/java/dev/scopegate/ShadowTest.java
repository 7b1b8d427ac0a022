package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.model.Access;
import dev.scopegate.model.Conclusion;
import dev.scopegate.model.Mode;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.Surroundings;
import dev.scopegate.test.TestIssuer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An API that is in use is put behind the gate, and nobody notices but its operators. */
class ShadowTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private ResourceServer server = builder().mode(Mode.SHADOW).build();

    @AfterEach
    void closeServer() {
        server.close();
    }

    private ResourceServerBuilder builder() {
        return ResourceServer.builder()
                .resource("https://api.example.com/contacts")
                .issuer(ISSUER.issuer())
                .route("GET /contacts/**", "read:contacts")
                .route("GET /closed", Access.DENY)
                .http(HttpConfig.allowingInsecureLoopback())
                .meterRegistry(meters);
    }

    @ParameterizedTest(name = "{0} {1} → {2}, {3}")
    @CsvSource({
        "/contacts,     '',              credentials-absent,    GET /contacts/**",
        "/contacts,     Bearer,          credentials-malformed, GET /contacts/**",
        "/contacts,     Bearer garbage,  token-malformed,       GET /contacts/**",
        "/closed,       '',              route-denied,          GET /closed",
        "/elsewhere,    '',              route-denied,          none",
        "/contacts;x=1, '',              path-ambiguous,        none",
    })
    void judge_wouldBeRefused_goesOnAnonymouslyAndIsCounted(
            String path, String authorization, String reason, String route) {
        assertThat(judge(path, authorization)).isEqualTo(anonymous());

        assertThat(count("shadowed", reason, route)).isEqualTo(1);
        assertThat(meters.find("scopegate.requests").tag("outcome", "refused").timers())
                .allMatch(timer -> timer.count() == 0);
    }

    @Test
    void judge_tokenOfAnotherKind_neverAnIdentity() {
        String expired =
                ISSUER.token().scope("read:contacts").expiresAt(Instant.EPOCH).sign();

        assertThat(judge("/contacts", "Bearer " + expired)).isEqualTo(anonymous());
        assertThat(count("shadowed", "expired", "GET /contacts/**")).isEqualTo(1);
    }

    @Test
    void judge_validTokenWithoutTheScope_goesOnAsItsCaller() {
        Conclusion conclusion =
                judge("/contacts", "Bearer " + ISSUER.token().scope("other").sign());

        assertThat(((Conclusion.Passed) conclusion).identity().orElseThrow().subject())
                .contains("alice");
        assertThat(count("shadowed", "scope-missing", "GET /contacts/**")).isEqualTo(1);
    }

    @Test
    void judge_goodToken_countedAsAccepted() {
        judge("/contacts", "Bearer " + ISSUER.token().scope("read:contacts").sign());

        assertThat(count("accepted", "none", "GET /contacts/**")).isEqualTo(1);
    }

    @Test
    void judge_issuerDown_goesOnAnonymously() {
        server.close();
        TestIssuer down = TestIssuer.start();
        String token = down.token().scope("read:contacts").sign();
        down.close();
        server = builder().issuer(down.issuer()).mode(Mode.SHADOW).build();

        assertThat(judge("/contacts", "Bearer " + token)).isEqualTo(anonymous());
        assertThat(count("shadowed", "keys-unavailable", "GET /contacts/**")).isEqualTo(1);
    }

    @Test
    void judge_oneRouteInShadow_theOthersEnforced() {
        server.close();
        server = builder()
                .route(RouteConfig.builder("POST /contacts")
                        .scopes(List.of("write"))
                        .mode(Mode.SHADOW)
                        .build())
                .build();

        assertThat(judge("POST", "/contacts", "")).isEqualTo(anonymous());
        assertThat(judge("/contacts", "")).isInstanceOf(Conclusion.Answered.class);
        assertThat(judge("POST", "/contacts;x", "")).as("no rule is known").isInstanceOf(Conclusion.Answered.class);
    }

    @Test
    void judge_oneRouteEnforced_theOthersInShadow() {
        server.close();
        server = builder()
                .mode(Mode.SHADOW)
                .route(RouteConfig.builder("POST /contacts")
                        .scopes(List.of("write"))
                        .mode(Mode.ENFORCE)
                        .build())
                .build();

        assertThat(judge("POST", "/contacts", "")).isInstanceOf(Conclusion.Answered.class);
        assertThat(judge("/contacts", "")).isEqualTo(anonymous());
    }

    private Conclusion judge(String path, String authorization) {
        return judge("GET", path, authorization);
    }

    private Conclusion judge(String method, String path, String authorization) {
        List<String> fields = authorization.isEmpty() ? List.of() : List.of(authorization);
        return server.judge(new RequestSnapshot(method, path, path, fields), () -> Surroundings.NONE);
    }

    private static Conclusion anonymous() {
        return new Conclusion.Passed(Optional.empty(), List.of());
    }

    private long count(String outcome, String reason, String route) {
        return meters.get("scopegate.requests")
                .tags("outcome", outcome, "reason", reason, "route", route)
                .timer()
                .takeSnapshot()
                .count();
    }
}
