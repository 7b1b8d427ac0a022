package dev.scopegate.validate.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.introspection.metadata.MetadataDiscovery;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.TestIssuer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When an issuer is asked again what it says of itself, after it could not be. */
@Timeout(60)
class IssuerMetadataTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-21T12:00:00Z"));
    private final BoundedHttpClient http = BoundedHttpClient.builder().build();
    private final IssuerMetadata metadata =
            new IssuerMetadata(ISSUER.issuer(), new MetadataDiscovery(http, true), clock);

    @BeforeEach
    void failOnce() {
        ISSUER.stop();
        assertThatThrownBy(metadata::jwksUri).isInstanceOf(IOException.class);
        ISSUER.restart();
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void jwksUri_withinTheSecondAfterAFailure_notAskedAgain() {
        clock.advance(Duration.ofMillis(999));

        assertThatThrownBy(metadata::jwksUri).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3_600, -3_600})
    void jwksUri_laterByAClockThatMayHaveBeenTurned_askedAgain(long seconds) throws Exception {
        clock.set(clock.instant().plusSeconds(seconds));

        assertThat(metadata.jwksUri()).isEqualTo(ISSUER.jwksUri());
    }
}
