package dev.scopegate.bench.slow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.ResourceServer;
import dev.scopegate.bench.peer.Algorithm;
import dev.scopegate.bench.peer.IntrospectionEndpoint;
import dev.scopegate.bench.peer.SampleTokens;
import dev.scopegate.bench.peer.Scopegate;
import dev.scopegate.config.FileReference;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.JwksConfigBuilder;
import dev.scopegate.model.Access;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured is what is said: introspections hang, and nobody is accepted for the sake of speed. */
@Timeout(60)
class SceneTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    static Path folder;

    private static SampleTokens tokens;

    @BeforeAll
    static void sign() throws IOException {
        tokens = SampleTokens.make(folder, 2);
    }

    @ParameterizedTest
    @EnumSource
    void turn_besideSlowOnes_64HangAllTheTime_andNoneWhenAlone(Jwts jwts) {
        try (Scene scene = new Scene(tokens, jwts)) {
            assertThat(scene.besideSlowOnes(SHORT).hanging()).isBetween(64, 80);
            assertThat(scene.alone(SHORT).hanging()).isZero();
            assertThat(scene.besideSlowOnes(SHORT).hanging()).isBetween(64, 80);
        }
    }

    @ParameterizedTest
    @EnumSource
    void permits_goodJwt_true_andItsTwinOfAnotherSignatureFalse(Jwts jwts) {
        List<String> good = tokens.signedWith(Algorithm.RS256);
        String first = good.get(0);
        String second = good.get(1);
        String bad = first.substring(0, first.lastIndexOf('.')) + second.substring(second.lastIndexOf('.'));
        try (Scene scene = new Scene(tokens, jwts)) {
            assertThat(scene.permits(Requests.with(first))).isTrue();
            assertThat(scene.permits(Requests.with(bad))).isFalse();
        }
    }

    @Test
    void askers_serverThatRefusesStrangers_countsThem() {
        try (IntrospectionEndpoint endpoint = IntrospectionEndpoint.holding(tokens, Askers.HANGING);
                ResourceServer server = Scopegate.asking(endpoint, tokens, true);
                Askers askers = Askers.start(server, endpoint)) {
            assertThat(askers.stop()).isGreaterThanOrEqualTo(Askers.HANGING);
        }
    }

    @Test
    void askers_serverThatAcceptsEverybody_failed() {
        try (IntrospectionEndpoint endpoint = IntrospectionEndpoint.holding(tokens, Askers.HANGING);
                ResourceServer server = ResourceServer.builder()
                        .resource(SampleTokens.AUDIENCE)
                        .issuer(IssuerConfig.builder(SampleTokens.ISSUER)
                                .jwks(JwksConfigBuilder.builder()
                                        .file(FileReference.of(
                                                folder.resolve("jwks.json").toString()))
                                        .build())
                                .build())
                        .route("GET /contacts/**", Access.PUBLIC)
                        .build()) {
            assertThatThrownBy(() -> Askers.start(server, endpoint))
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("a token that nobody knows was not refused, but Permitted");
        }
    }
}
