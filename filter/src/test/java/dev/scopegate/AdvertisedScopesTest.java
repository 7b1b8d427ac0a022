package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.ClaimMapping;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.JwksConfigBuilder;
import dev.scopegate.config.LoadedConfig;
import dev.scopegate.config.Locations;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.ScopegateConfigBuilder;
import dev.scopegate.model.ProblemRenderer;
import dev.scopegate.observe.ReloadObserver;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.validate.keys.Upstreams.Environment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A rule that asks for a scope that nobody can get is most likely misspelt. */
class AdvertisedScopesTest {

    private final TestIssuer issuer = TestIssuer.start();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final List<String> warnings = new ArrayList<>();
    private final List<PolicyInForce> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(PolicyInForce::close);
        timer.shutdownNow();
        issuer.close();
    }

    @Test
    @Requirement("RFC8414 §2")
    void look_scopeThatNoIssuerAdvertises_named() {
        advertise("[\"read:contacts\", \"openid\"]");

        assertThat(scopes(IssuerConfig.of(issuer.issuer())).look()).isTrue();
        assertThat(warnings)
                .containsExactly(
                        "No issuer advertises the scope 'read:contcats' of 'GET /b'; if it is misspelt, nobody can"
                                + " use that route");
    }

    @Test
    void look_issuerAdvertisesLoginsAlone_nothingSaid() {
        advertise("[\"profile\", \"email\"]");

        assertThat(scopes(IssuerConfig.of(issuer.issuer())).look()).isTrue();
        assertThat(warnings).isEmpty();
    }

    @Test
    void look_scopeThatAClaimGrants_nothingSaidOfIt() {
        advertise("[\"read:contacts\", \"openid\"]");
        IssuerConfig mapping = IssuerConfig.builder(issuer.issuer())
                .claimsAsScopes(List.of(new ClaimMapping("realm_access.roles", "read:")))
                .build();

        assertThat(scopes(mapping).look()).isTrue();
        assertThat(warnings).isEmpty();
    }

    @Test
    void look_issuerSilent_nothingSaid() {
        assertThat(scopes(IssuerConfig.of(issuer.issuer())).look()).isTrue();
        assertThat(warnings).isEmpty();
    }

    @Test
    void look_issuerNotDiscovered_notAskedAndNothingSaid() {
        advertise("[\"other\"]");
        URI keys = issuer.jwksUri();
        IssuerConfig configured = IssuerConfig.builder(issuer.issuer())
                .jwks(JwksConfigBuilder.builder().uri(keys).build())
                .build();

        assertThat(scopes(configured).look()).isTrue();
        assertThat(warnings).isEmpty();
    }

    @Test
    void look_issuerDown_toBeAskedAgain() {
        issuer.wireMock().stubFor(get(urlPathMatching("/.well-known/.*")).willReturn(serverError()));

        assertThat(scopes(IssuerConfig.of(issuer.issuer())).look()).isFalse();
        assertThat(warnings).isEmpty();
    }

    private void advertise(String scopes) {
        issuer.wireMock()
                .stubFor(get(urlPathMatching("/.well-known/.*"))
                        .willReturn(okJson("{\"issuer\":\"%s\",\"jwks_uri\":\"%s\",\"scopes_supported\":%s}"
                                .formatted(issuer.issuer(), issuer.jwksUri(), scopes))));
    }

    private AdvertisedScopes scopes(IssuerConfig configured) {
        HttpConfig http = HttpConfig.allowingInsecureLoopback();
        ScopegateConfig config = ScopegateConfigBuilder.builder()
                .resource("https://api.example.com/contacts")
                .issuers(List.of(configured))
                .routes(List.of(
                        RouteConfig.requiring("GET /a", "read:contacts"),
                        RouteConfig.requiringAny("GET /b", "read:contcats", "openid")))
                .http(http)
                .build();
        Policy.Parts parts =
                new Policy.Parts(Clock.systemUTC(), ProblemRenderer.DEFAULT, Environment.unobserved(Clock.systemUTC()));
        PolicyInForce inForce = new PolicyInForce(
                () -> new LoadedConfig(config, Locations.none("test")),
                (loaded, predecessor) -> Policy.of(loaded, parts, predecessor),
                Clock.systemUTC(),
                new ReloadObserver(new SimpleMeterRegistry(), Clock.systemUTC()));
        started.add(inForce);
        return new AdvertisedScopes(inForce, timer, warnings::add);
    }
}
