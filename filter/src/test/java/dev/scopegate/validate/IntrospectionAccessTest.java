package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.config.ConfigReader;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.introspection.http.Errand;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.TestCertificates;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.validate.keys.Upstreams;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose connections introspection goes over, and what becomes of them. */
@Timeout(60)
class IntrospectionAccessTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @TempDir
    private static Path folder;

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-21T12:00:00Z"));
    private final Upstreams upstreams =
            Upstreams.of(config("client-secret: x"), Upstreams.Environment.unobserved(clock));

    @BeforeAll
    static void makeCertificate() throws Exception {
        assertThat(new TestCertificates(folder).authority("ours")).isReadable();
    }

    @AfterEach
    void close() {
        upstreams.close();
    }

    @Test
    void close_withoutAKeyStore_sharedConnectionsGoOn() throws Exception {
        IntrospectionAccess access = access("client-secret: x");
        assertThat(access.ownHttp()).isEmpty();

        access.close();

        assertThat(shared().get(ISSUER.jwksUri(), "*/*").status()).isEqualTo(200);
        assertThat(access.http().get(ISSUER.jwksUri(), "*/*").status()).isEqualTo(200);
    }

    @Test
    void close_withAKeyStore_ownConnectionsEndAndSharedOnesGoOn() throws Exception {
        IntrospectionAccess access = access("key-store: { file: ours.p12, password: changeit }");
        assertThat(access.ownHttp()).containsSame(access.http());
        assertThat(access.http().get(ISSUER.jwksUri(), "*/*").status()).isEqualTo(200);

        access.close();

        assertThatThrownBy(() -> access.http().get(ISSUER.jwksUri(), "*/*")).hasMessage("the HTTP client is closed");
        assertThat(shared().get(ISSUER.jwksUri(), "*/*").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "client-secret-file, nowhere,           the file of a secret cannot be read",
        "key-store,          '{ file: nowhere }',   the key store of introspection cannot be used",
        "private-key,        '{ file: nowhere }',   the private key of introspection cannot be used",
    })
    void of_fileGoneSinceItWasChecked_refused(String key, String value, String words) {
        assertThatThrownBy(() -> access(key + ": " + value))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(words);
    }

    private IntrospectionAccess access(String introspection) {
        ScopegateConfig config = config(introspection);
        IssuerConfig issuer = config.issuers().get(0);
        return IntrospectionAccess.of(
                IssuerTerms.of("main", issuer, config.resource()), issuer.introspection(), upstreams, clock);
    }

    private BoundedHttpClient shared() {
        return upstreams.http(Errand.to("main", Errand.Purpose.KEYS, Optional.empty()));
    }

    private static ScopegateConfig config(String introspection) {
        String yaml = """
                resource: https://api.example.com/contacts
                issuers:
                  - issuer: %s
                    jwks: { uri: '%s' }
                    introspection: { client-id: api, %s }
                http: { allow-insecure-loopback: true }
                """.formatted(ISSUER.issuer(), ISSUER.jwksUri(), introspection);
        return new ConfigReader().read("scopegate.yaml", yaml, folder).config();
    }
}
