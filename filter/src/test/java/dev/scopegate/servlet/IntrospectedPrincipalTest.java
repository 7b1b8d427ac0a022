package dev.scopegate.servlet;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.scopegate.IntrospectionScene;
import dev.scopegate.config.IntrospectionConfig.Cache;
import dev.scopegate.config.IntrospectionConfig.OnOutage;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.model.Introspected;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.test.TestIssuer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an application behind the filter gets to know of how fresh the word of an issuer is. */
@Timeout(60)
class IntrospectedPrincipalTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    /** Answers are old at once here. */
    private static IntrospectionScene scene() {
        return IntrospectionScene.of(
                List.of(IntrospectionScene.asked(
                        "main",
                        ISSUER,
                        how -> how.cache(new Cache(Duration.ofSeconds(10), Duration.ZERO, 100))
                                .onOutage(OnOutage.LAST_KNOWN))),
                RouteConfig.requiring("GET /contacts", "read"));
    }

    @Test
    void getUserPrincipal_opaqueToken_saysWhenTheIssuerAnsweredAndWhetherThatIsTheLastWord()
            throws ServletException, IOException {
        String token = ISSUER.opaque(Map.of("aud", IntrospectionScene.AUDIENCE, "sub", "alice", "scope", "read"));
        try (IntrospectionScene scene = scene()) {
            ValidatedToken now = principal(scene, token);
            assertThat(now.getName()).isEqualTo("alice");
            Introspected first = now.introspected().orElseThrow();
            assertThat(first).isEqualTo(new Introspected(scene.clock().instant(), false));

            StubMapping outage =
                    ISSUER.wireMock().stubFor(post(urlEqualTo("/introspect")).willReturn(serverError()));
            scene.clock().advance(Duration.ofSeconds(11));
            ValidatedToken later = principal(scene, token);
            ISSUER.wireMock().removeStub(outage);

            assertThat(later.introspected()).contains(new Introspected(first.answeredAt(), true));
            assertThat(later.claims()).isEqualTo(now.claims());
        }
    }

    @Test
    void getUserPrincipal_jwtThatNobodyIsAskedAbout_saysNothingOfIt() throws ServletException, IOException {
        try (IntrospectionScene scene = scene()) {
            String token = ISSUER.token().scope("read").clock(scene.clock()).sign();

            assertThat(principal(scene, token).introspected()).isEmpty();
        }
    }

    private static ValidatedToken principal(IntrospectionScene scene, String token)
            throws ServletException, IOException {
        AtomicReference<Optional<Principal>> seen = new AtomicReference<>(Optional.empty());
        new ScopegateFilter(scene.server())
                .doFilter(
                        new SentRequest("GET", "/contacts")
                                .with("Authorization", "Bearer " + token)
                                .request(),
                        new RecordedResponse(false).response(),
                        (request, response) ->
                                seen.set(Optional.ofNullable(((HttpServletRequest) request).getUserPrincipal())));
        return (ValidatedToken) seen.get().orElseThrow();
    }
}
