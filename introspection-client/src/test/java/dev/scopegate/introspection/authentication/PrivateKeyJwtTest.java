package dev.scopegate.introspection.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server gets of a client that signs. */
class PrivateKeyJwtTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final URI ENDPOINT = URI.create("https://login.example.com/introspect");

    private final MutableClock clock = MutableClock.at(NOW);
    private final KeyPair pair = KeyFiles.pair("P-256");

    @TempDir
    private Path folder;

    private PrivateKeyJwt client;

    @BeforeEach
    void makeClient() throws IOException {
        client = new PrivateKeyJwt("contacts-api", key(), "https://login.example.com", clock);
    }

    private SigningKey key() throws IOException {
        Path file = Files.writeString(folder.resolve("key.pem"), KeyFiles.pem(pair));
        return SigningKey.read(file, Optional.empty(), Optional.of("key-1"));
    }

    @Test
    @Requirement("RFC7523 §2.2")
    void present_anyRequest_threeParametersAndNoHeader() {
        Presented presented = client.present(ENDPOINT);

        assertThat(presented.headers()).isEmpty();
        assertThat(presented.parameters())
                .containsOnlyKeys("client_id", "client_assertion_type", "client_assertion")
                .containsEntry("client_id", "contacts-api")
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    }

    @Test
    @Requirement("RFC7523 §3")
    void assertion_anyRequest_saysWhoForWhomAndHowLong() throws Exception {
        JWSObject jws = assertion();
        JWTClaimsSet claims = JWTClaimsSet.parse(jws.getPayload().toJSONObject());

        assertThat(jws.getHeader().toJSONObject())
                .containsOnlyKeys("alg", "kid")
                .containsEntry("alg", "ES256")
                .containsEntry("kid", "key-1");
        assertThat(claims.getClaims()).containsOnlyKeys("iss", "sub", "aud", "jti", "iat", "exp");
        assertThat(claims.getIssuer()).isEqualTo("contacts-api");
        assertThat(claims.getSubject()).isEqualTo("contacts-api");
        assertThat(jws.getPayload().toJSONObject()).containsEntry("aud", "https://login.example.com");
        assertThat(claims.getIssueTime()).isEqualTo(Date.from(NOW));
        assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOW.plusSeconds(60)));
    }

    @Test
    @Requirement("RFC7523 §3")
    void assertion_ownKey_verifiesAndByAnotherKeyNot() throws Exception {
        JWSObject jws = assertion();
        JWSObject changed = new JWSObject(
                jws.getParsedParts()[0],
                new Payload(jws.getPayload().toString().replace("contacts-api", "admin")),
                jws.getParsedParts()[2]);

        assertThat(KeyFiles.verifies(jws, pair)).isTrue();
        assertThat(KeyFiles.verifies(jws, KeyFiles.pair("P-256"))).isFalse();
        assertThat(KeyFiles.verifies(changed, pair)).isFalse();
    }

    @Test
    @Requirement("RFC7523 §3")
    void assertion_eachRequest_anotherOneOfTheTimeOfTheRequest() throws Exception {
        Set<Object> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            ids.add(assertion().getPayload().toJSONObject().get("jti"));
        }
        clock.advance(Duration.ofMinutes(5));

        assertThat(ids).hasSize(100).allMatch(id -> id.toString().length() >= 32);
        assertThat(assertion().getPayload().toJSONObject())
                .containsEntry("iat", NOW.plusSeconds(300).getEpochSecond());
    }

    @ParameterizedTest
    @CsvSource({"' ', https://login.example.com", "'', https://login.example.com", "id, ' '", "id, ''"})
    void create_blankIdOrAudience_refused(String id, String audience) throws IOException {
        SigningKey key = key();

        assertThatThrownBy(() -> new PrivateKeyJwt(id, key, audience)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toString_key_hidden() {
        assertThat(client)
                .hasToString("PrivateKeyJwt[clientId=contacts-api, audience=https://login.example.com, key=hidden]");
        assertThat(client.present(ENDPOINT)).hasToString("Presented[hidden]");
    }

    private JWSObject assertion() throws Exception {
        return JWSObject.parse(client.present(ENDPOINT).parameters().get("client_assertion"));
    }
}
