package dev.scopegate.test;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerIT {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void token_issuerForAnApiOfItsOwn_isForIt() throws ParseException {
        try (TestIssuer other = TestIssuer.startFor("https://other.example")) {
            assertThat(other.audience()).isEqualTo("https://other.example");
            assertThat(claims(other.token())).containsEntry("aud", other.audience());
        }
        assertThat(claims(ISSUER.token())).containsEntry("aud", ISSUER.audience());
    }

    @Test
    void token_whatEveryTokenHas_isThereAndCanBeChanged() throws ParseException {
        try (TestIssuer other = TestIssuer.start()) {
            other.everyToken(token -> token.claim("tenant", "acme"));

            assertThat(claims(other.token())).containsEntry("tenant", "acme");
            assertThat(claims(other.token().without("tenant"))).doesNotContainKey("tenant");
        }
    }

    private static Map<String, Object> claims(TokenBuilder token) throws ParseException {
        return JWTParser.parse(token.sign()).getJWTClaimsSet().toJSONObject();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"})
    void metadata_eitherAddress_namesTheIssuerAndItsEndpoints(String path) throws Exception {
        HttpResponse<String> response = fetch(URI.create(ISSUER.issuer() + path));

        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(response))
                .containsEntry("issuer", ISSUER.issuer())
                .containsEntry("jwks_uri", ISSUER.jwksUri().toString())
                .containsEntry(
                        "introspection_endpoint", ISSUER.introspectionEndpoint().toString());
    }

    @Test
    void jwks_published_holdsTheKeyOfEachTokenAndNoPrivatePart() throws Exception {
        int before = ISSUER.jwksFetches();
        JWKSet set = JWKSet.parse(fetch(ISSUER.jwksUri()).body());

        assertThat(ISSUER.jwksFetches()).isEqualTo(before + 1);
        for (JWSAlgorithm algorithm :
                new JWSAlgorithm[] {JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.Ed25519}) {
            assertThat(set.getKeyByKeyId(ISSUER.signingKey(algorithm).getKeyID()))
                    .isNotNull();
        }
        assertThat(set.getKeys()).hasSize(5).noneMatch(key -> key.isPrivate());
    }

    @Test
    void rotateKeys_afterwards_oldKeysAreGone() throws Exception {
        String before = ISSUER.signingKey(JWSAlgorithm.RS256).getKeyID();

        ISSUER.rotateKeys();

        JWKSet set = JWKSet.parse(fetch(ISSUER.jwksUri()).body());
        assertThat(set.getKeyByKeyId(before)).isNull();
        assertThat(set.getKeyByKeyId(ISSUER.signingKey(JWSAlgorithm.RS256).getKeyID()))
                .isNotNull();
    }

    @Test
    void publishKeys_anotherText_servedUntilTheOwnKeysAreAgain() throws Exception {
        ISSUER.publishKeys("{\"keys\":[");

        assertThat(fetch(ISSUER.jwksUri()).body()).isEqualTo("{\"keys\":[");

        ISSUER.publishOwnKeys();

        JWKSet set = JWKSet.parse(fetch(ISSUER.jwksUri()).body());
        assertThat(set.getKeyByKeyId(ISSUER.signingKey(JWSAlgorithm.RS256).getKeyID()))
                .isNotNull();
    }

    @Test
    void introspect_opaqueToken_activeUntilRevoked() throws Exception {
        int before = ISSUER.introspectionCalls();
        String token = ISSUER.opaque(Map.of("sub", "alice"));

        assertThat(json(introspect(token))).containsEntry("active", true).containsEntry("sub", "alice");
        ISSUER.revoke(token);
        assertThat(json(introspect(token))).isEqualTo(Map.of("active", false));
        assertThat(ISSUER.introspectionCalls()).isEqualTo(before + 2);
    }

    @Test
    void introspect_tokenRegisteredAsInactive_inactive() throws Exception {
        assertThat(json(introspect(ISSUER.opaque(Map.of("active", false))))).containsEntry("active", false);
    }

    @Test
    void introspect_tokenOfNobody_inactive() throws Exception {
        assertThat(json(introspect("never-issued"))).isEqualTo(Map.of("active", false));
    }

    @Test
    void introspect_wrongOrNoCredentials_refused() throws Exception {
        String token = ISSUER.opaque(Map.of());

        assertThat(introspect(token, "Basic " + base64("contacts-api:wrong")).statusCode())
                .isEqualTo(401);
        assertThat(introspect(token, "Bearer x").statusCode()).isEqualTo(401);
    }

    @Test
    void stop_thenRestart_refusesAndThenKnowsEverythingAgain() throws Exception {
        int before = ISSUER.introspectionCalls();
        String token = ISSUER.opaque(Map.of("sub", "alice"));
        String keyId = ISSUER.signingKey(JWSAlgorithm.RS256).getKeyID();
        ISSUER.wireMock().stubFor(get(urlEqualTo("/extra")).willReturn(okJson("{}")));

        ISSUER.stop();

        assertThatThrownBy(() -> fetch(ISSUER.jwksUri())).isInstanceOf(IOException.class);
        assertThat(ISSUER.token().sign()).isNotEmpty();

        ISSUER.restart();

        assertThat(json(introspect(token))).containsEntry("sub", "alice");
        assertThat(fetch(ISSUER.jwksUri()).body()).contains(keyId);
        assertThat(fetch(URI.create(ISSUER.issuer() + "/extra")).statusCode()).isEqualTo(200);
        assertThat(ISSUER.introspectionCalls()).isEqualTo(before + 1);
    }

    @Test
    void token_built_isOfThisIssuer() throws ParseException {
        String payload = ISSUER.token().sign().split("\\.", -1)[1];

        assertThat(JSONObjectUtils.parse(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8)))
                .containsEntry("iss", ISSUER.issuer());
    }

    @Test
    void extension_outerTest_issuerIsUp() throws Exception {
        assertThat(fetch(ISSUER.jwksUri()).statusCode()).isEqualTo(200);
    }

    /** Two of them: whichever runs first must leave the issuer to the other. */
    @Nested
    class FirstNested {
        @Test
        void extension_nestedTest_issuerIsUp() throws Exception {
            assertThat(fetch(ISSUER.jwksUri()).statusCode()).isEqualTo(200);
        }
    }

    @Nested
    class SecondNested {
        @Test
        void extension_nestedTest_issuerIsUp() throws Exception {
            assertThat(fetch(ISSUER.jwksUri()).statusCode()).isEqualTo(200);
        }
    }

    private HttpResponse<String> fetch(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> introspect(String token) throws IOException, InterruptedException {
        return introspect(token, "Basic " + base64(TestIssuer.CLIENT_ID + ":" + TestIssuer.CLIENT_SECRET));
    }

    private HttpResponse<String> introspect(String token, String authorization)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(ISSUER.introspectionEndpoint())
                        .header("Authorization", authorization)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Map<String, Object> json(HttpResponse<String> response) throws ParseException {
        assertThat(response.statusCode()).isEqualTo(200);
        return JSONObjectUtils.parse(response.body());
    }
}
