package dev.scopegate.validate;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.IssuerConfig;
import dev.scopegate.model.KeyFetch;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys whose address the issuer has to tell first: what happens while it cannot, or tells something wrong. */
@Timeout(60)
class KeyDiscoveryTest {

    private static final String NAME = "discovered";

    private final TestIssuer issuer = TestIssuer.start();

    @AfterEach
    void close() {
        issuer.close();
    }

    @Test
    void validate_issuerDownAtStart_discoveredOnceItIsBack() {
        issuer.stop();
        try (FaultScene scene = scene()) {
            scene.advance(Duration.ofSeconds(30));
            assertThat(scene.verdict(token(scene))).isEqualTo("UNDECIDED");
            assertThat(scene.outcomes(NAME)).containsOnly(KeyFetch.UNAVAILABLE);

            issuer.restart();
            scene.advance(Duration.ofSeconds(10));

            assertThat(scene.verdict(token(scene))).isEqualTo("VALID");
            assertThat(issuer.jwksFetches()).isEqualTo(1);
        }
    }

    @Test
    void validate_metadataUnavailableLater_keysFetchedAsBefore() {
        try (FaultScene scene = scene()) {
            issuer.wireMock().stubFor(get(urlPathMatching("/.well-known/.*")).willReturn(okJson("{}")));
            scene.advance(Duration.ofMinutes(10));

            assertThat(scene.verdict(token(scene))).isEqualTo("VALID");
            assertThat(scene.outcomes(NAME)).containsOnly(KeyFetch.FETCHED);
            assertThat(issuer.jwksFetches()).isBetween(3, 4);
        }
    }

    @Test
    @Requirement("RFC8414 §3.3")
    void validate_metadataOfAnotherIssuer_undecidedAndItsKeysNotAsked() {
        String metadata = "{\"issuer\":\"https://else.example.com\",\"jwks_uri\":\"" + issuer.jwksUri() + "\"}";
        issuer.wireMock().stubFor(get(urlPathMatching("/.well-known/.*")).willReturn(okJson(metadata)));
        try (FaultScene scene = scene()) {
            assertThat(scene.verdict(token(scene))).isEqualTo("UNDECIDED");
            assertThat(issuer.jwksFetches()).isZero();
        }
    }

    private FaultScene scene() {
        FaultScene scene =
                FaultScene.of(IssuerConfig.builder(issuer.issuer()).name(NAME).build());
        scene.settle();
        return scene;
    }

    private String token(FaultScene scene) {
        return issuer.token().clock(scene.clock()).sign();
    }
}
