package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.oauth2.core.ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
import static org.springframework.security.oauth2.core.ClientAuthenticationMethod.CLIENT_SECRET_POST;
import static org.springframework.security.oauth2.core.ClientAuthenticationMethod.PRIVATE_KEY_JWT;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.scopegate.introspection.Active;
import dev.scopegate.introspection.IntrospectionClient;
import dev.scopegate.introspection.IntrospectionException;
import dev.scopegate.introspection.authentication.ClientAuthentication;
import dev.scopegate.introspection.authentication.ClientSecretBasic;
import dev.scopegate.introspection.authentication.ClientSecretPost;
import dev.scopegate.introspection.authentication.PrivateKeyJwt;
import dev.scopegate.introspection.authentication.SigningKey;
import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;

/** How the introspection client says who it is, to a real authorization server: by secrets, and by a key. */
@Timeout(60)
class ClientAuthenticationIT {

    /** All that HTTP Basic and forms could stumble over. */
    private static final String SECRET = "a:b%+c&d=é ";

    @TempDir
    static Path folder;

    private static IntrospectedServer server;
    private static PublishedKeys keys;

    @BeforeAll
    static void start() throws IOException {
        server = IntrospectedServer.start();
        keys = PublishedKeys.start();
        register("basic", CLIENT_SECRET_BASIC, SECRET);
        register("post", CLIENT_SECRET_POST, SECRET);
        register("plain", CLIENT_SECRET_BASIC, "no-signs");
        register("plus", CLIENT_SECRET_BASIC, "a+b");
    }

    private static void register(String id, ClientAuthenticationMethod method, String secret) {
        server.server()
                .register(
                        id,
                        client -> client.clientAuthenticationMethod(method)
                                .clientSecret(server.server().encoded(secret)));
    }

    @AfterAll
    static void stop() {
        keys.close();
        server.close();
    }

    @Test
    @Requirement("RFC6749 §2.3.1")
    void basic_secretOfSigns_accepted_andAnotherRefused() throws IOException {
        assertAccepted(new ClientSecretBasic("basic", SECRET));
        assertRefused(new ClientSecretBasic("basic", SECRET.strip()));
    }

    @Test
    void unencodedBasic_secretWithoutSigns_accepted_andOneOfSignsRefused() throws IOException {
        assertAccepted(ClientSecretBasic.unencoded("plain", "no-signs"));
        // This server decodes what it gets, and a plus becomes a space.
        assertRefused(ClientSecretBasic.unencoded("plus", "a+b"));
    }

    @Test
    @Requirement("RFC6749 §2.3.1")
    void post_secretOfSigns_accepted_andAnotherRefused() throws IOException {
        assertAccepted(new ClientSecretPost("post", SECRET));
        assertRefused(new ClientSecretPost("post", SECRET.strip()));
    }

    @Test
    void secret_presentedInTheOtherWay_refused() throws IOException {
        assertRefused(new ClientSecretPost("basic", SECRET));
        assertRefused(new ClientSecretBasic("post", SECRET));
    }

    @ParameterizedTest
    @EnumSource(names = {"ES256", "ES384", "RS256", "PS256"})
    void privateKeyJwt_keyThatTheServerKnows_accepted_andAnotherRefused(SignatureAlgorithm algorithm)
            throws IOException, JOSEException {
        JWK key = key(algorithm, "2026-11");
        String id = "by-" + algorithm;
        register(id, algorithm, key);

        assertAccepted(new PrivateKeyJwt(id, read(key, algorithm), server.issuer()));
        assertRefused(new PrivateKeyJwt(id, read(key(algorithm, "2026-11"), algorithm), server.issuer()));
    }

    @ParameterizedTest
    @CsvSource({"by-issuer, ''", "by-token-endpoint, /oauth2/token", "by-endpoint, /oauth2/introspect"})
    void privateKeyJwt_audienceThatIsTheServer_accepted(String id, String path) throws IOException, JOSEException {
        JWK key = key(SignatureAlgorithm.ES256, "2026-11");
        register(id, SignatureAlgorithm.ES256, key);

        assertAccepted(new PrivateKeyJwt(id, read(key, SignatureAlgorithm.ES256), server.issuer() + path));
    }

    @Test
    void privateKeyJwt_forAnotherServerOrAnotherClient_refused() throws IOException, JOSEException {
        JWK key = key(SignatureAlgorithm.ES256, "2026-11");
        register("for-others", SignatureAlgorithm.ES256, key);
        SigningKey read = read(key, SignatureAlgorithm.ES256);

        assertAccepted(new PrivateKeyJwt("for-others", read, server.issuer()));
        assertRefused(new PrivateKeyJwt("for-others", read, "https://login.example.com"));
        assertRefused(new PrivateKeyJwt("basic", read, server.issuer()));
    }

    private static JWK key(SignatureAlgorithm algorithm, String id) throws JOSEException {
        return switch (algorithm) {
            case ES256 -> new ECKeyGenerator(Curve.P_256).keyID(id).generate();
            case ES384 -> new ECKeyGenerator(Curve.P_384).keyID(id).generate();
            default -> new RSAKeyGenerator(2048).keyID(id).generate();
        };
    }

    private static void register(String id, SignatureAlgorithm algorithm, JWK key) {
        String address = keys.publish(id, key);
        server.server()
                .register(
                        id,
                        client -> client.clientAuthenticationMethod(PRIVATE_KEY_JWT)
                                .clientSettings(ClientSettings.builder()
                                        .jwkSetUrl(address)
                                        .tokenEndpointAuthenticationSigningAlgorithm(algorithm)
                                        .build()));
    }

    private static SigningKey read(JWK key, SignatureAlgorithm algorithm) throws IOException {
        Path file = Files.createTempFile(folder, "key", ".json");
        Files.writeString(file, key.toJSONString());
        return SigningKey.read(file, Optional.of(algorithm.getName()), Optional.empty());
    }

    private static void assertAccepted(ClientAuthentication authentication) throws IOException {
        try (IntrospectionClient client = server.askedBy(authentication).build()) {
            assertThat(client.introspect(server.opaqueToken())).isInstanceOf(Active.class);
        }
    }

    private static void assertRefused(ClientAuthentication authentication) throws IOException {
        String token = server.opaqueToken();
        try (IntrospectionClient client = server.askedBy(authentication).build()) {
            assertThatThrownBy(() -> client.introspect(token))
                    .isInstanceOfSatisfying(
                            IntrospectionException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(IntrospectionException.Kind.REFUSED_CLIENT));
        }
    }
}
