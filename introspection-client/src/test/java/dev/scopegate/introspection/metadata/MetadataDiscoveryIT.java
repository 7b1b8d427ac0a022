package dev.scopegate.introspection.metadata;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataDiscoveryIT {

    private static final String OIDC = "/realms/a/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server/realms/a";
    private static final String OIDC_INSERTED = "/.well-known/openid-configuration/realms/a";
    private static final WireMockServer SERVER = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    private static final BoundedHttpClient HTTP =
            BoundedHttpClient.builder().exchangeTimeout(Duration.ofSeconds(10)).build();

    private final MetadataDiscovery discovery = new MetadataDiscovery(HTTP, true);

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
        HTTP.close();
    }

    @AfterEach
    void reset() {
        SERVER.resetAll();
    }

    private static String issuer() {
        return "http://localhost:" + SERVER.port() + "/realms/a";
    }

    private static Map<String, Object> document() {
        return new LinkedHashMap<>(Map.of(
                "issuer",
                issuer(),
                "jwks_uri",
                "https://login.example.com/keys",
                "introspection_endpoint",
                "https://login.example.com/introspect?realm=a",
                "introspection_endpoint_auth_methods_supported",
                List.of("private_key_jwt", "client_secret_basic"),
                "token_endpoint",
                "https://login.example.com/token",
                "mtls_endpoint_aliases",
                Map.of("introspection_endpoint", "https://mtls.example.com/introspect"),
                "scopes_supported",
                List.of("openid", "read")));
    }

    private static ResponseDefinitionBuilder json(String body) {
        return aResponse().withHeader("Content-Type", "application/json").withBody(body);
    }

    private static void serve(String path, ResponseDefinitionBuilder response) {
        SERVER.stubFor(get(urlEqualTo(path)).willReturn(response));
    }

    private static void serve(Map<String, Object> document) {
        serve(OIDC, json(JSONObjectUtils.toJSONString(document)));
    }

    private static List<String> asked() {
        return SERVER.findAll(getRequestedFor(anyUrl())).stream()
                .map(LoggedRequest::getUrl)
                .toList();
    }

    @Test
    void discover_wholeDocument_isReadAndNothingElseAsked() throws IOException {
        serve(document());

        assertThat(discovery.discover(issuer()))
                .isEqualTo(new AuthorizationServerMetadata(
                        issuer(),
                        Optional.of(URI.create("https://login.example.com/keys")),
                        Optional.of(URI.create("https://login.example.com/introspect?realm=a")),
                        Optional.of(URI.create("https://mtls.example.com/introspect")),
                        Optional.of(URI.create("https://login.example.com/token")),
                        List.of("private_key_jwt", "client_secret_basic"),
                        List.of("openid", "read")));
        assertThat(asked()).containsExactly(OIDC);
    }

    @Test
    void discover_scopesUnreadable_restIsUsed() throws IOException {
        Map<String, Object> document = document();
        document.put("scopes_supported", "openid read");
        serve(document);

        assertThat(discovery.discover(issuer()).scopesSupported()).isEmpty();
        assertThat(discovery.discover(issuer()).jwksUri()).isPresent();
    }

    @Requirement("RFC8705 §5")
    @ParameterizedTest
    @CsvSource({
        "http://login.example.com/token, http://mtls.example.com/introspect",
        "ftp://login.example.com/token,  ''",
        "7,                              7",
        "https://user@login.example.com, https://mtls.example.com/#x",
    })
    void discover_addressesThatFewNeedUnsafe_notThereAndRestIsUsed(String token, String alias) throws IOException {
        Map<String, Object> document = document();
        document.put("token_endpoint", token);
        document.put("mtls_endpoint_aliases", Map.of("introspection_endpoint", alias));
        serve(document);

        AuthorizationServerMetadata metadata = discovery.discover(issuer());

        assertThat(metadata.tokenEndpoint()).isEmpty();
        assertThat(metadata.mutualTlsIntrospectionEndpoint()).isEmpty();
        assertThat(metadata.jwksUri()).isPresent();
    }

    @Test
    void discover_aliasesThatAreNoObject_notThereAndRestIsUsed() throws IOException {
        Map<String, Object> document = document();
        document.put("mtls_endpoint_aliases", List.of("https://mtls.example.com/introspect"));
        serve(document);

        assertThat(discovery.discover(issuer()).mutualTlsIntrospectionEndpoint())
                .isEmpty();
        assertThat(discovery.discover(issuer()).jwksUri()).isPresent();
    }

    @Test
    void discover_issuerAlone_isEnough() throws IOException {
        serve(Map.of("issuer", issuer()));

        AuthorizationServerMetadata metadata = discovery.discover(issuer());

        assertThat(metadata.jwksUri()).isEmpty();
        assertThat(metadata.introspectionEndpoint()).isEmpty();
        assertThat(metadata.introspectionEndpointAuthMethods()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 429, 499})
    void discover_statusOfTheFourHundreds_asksTheNextInOrder(int status) throws IOException {
        serve(OIDC, aResponse().withStatus(status));
        serve(OAUTH, aResponse().withStatus(status));
        serve(OIDC_INSERTED, json(JSONObjectUtils.toJSONString(document())));

        assertThat(discovery.discover(issuer()).issuer()).isEqualTo(issuer());
        assertThat(asked()).containsExactly(OIDC, OAUTH, OIDC_INSERTED);
    }

    @Test
    void discover_nowhere_metadataException() {
        assertThatThrownBy(() -> discovery.discover(issuer()))
                .isInstanceOf(MetadataException.class)
                .hasMessage("no metadata at any well-known address of localhost");
        assertThat(asked()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 302, 307, 201})
    void discover_troubleOrRedirect_endsTheSearch(int status) {
        serve(OIDC, aResponse().withStatus(status).withHeader("Location", "/elsewhere"));
        serve(OAUTH, json(JSONObjectUtils.toJSONString(document())));

        assertThatThrownBy(() -> discovery.discover(issuer()))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(MetadataException.class)
                .hasMessage("localhost answered discovery with status " + status);
        assertThat(asked()).containsExactly(OIDC);
    }

    @ParameterizedTest
    @Requirement("RFC8414 §3.3")
    @ValueSource(strings = {"/realms/a/", "/realms/A", "/realms/%61", "/realms/b", "", "/realms/a?", " /realms/a"})
    void discover_anotherIssuerInTheDocument_nothingIsUsed(String path) {
        Map<String, Object> document = document();
        document.put("issuer", "http://localhost:" + SERVER.port() + path);
        serve(document);

        assertThatThrownBy(() -> discovery.discover(issuer()))
                .isInstanceOf(MetadataException.class)
                .hasMessage("the metadata names another issuer");
    }

    @Test
    @Requirement("RFC8414 §3.3")
    void discover_noIssuerOrAListOfIt_nothingIsUsed() {
        Map<String, Object> document = document();
        document.remove("issuer");
        serve(document);
        assertThatThrownBy(() -> discovery.discover(issuer())).isInstanceOf(MetadataException.class);

        document.put("issuer", List.of(issuer()));
        serve(document);
        assertThatThrownBy(() -> discovery.discover(issuer())).isInstanceOf(MetadataException.class);
    }

    @Test
    void discover_trailingSlashInTheIssuer_comparedAsConfigured() throws IOException {
        Map<String, Object> document = document();
        document.put("issuer", issuer() + "/");
        serve(document);

        assertThat(discovery.discover(issuer() + "/").issuer()).isEqualTo(issuer() + "/");
        assertThatThrownBy(() -> discovery.discover(issuer())).isInstanceOf(MetadataException.class);
        assertThat(asked()).containsExactly(OIDC, OIDC);
    }

    @ParameterizedTest
    @CsvSource({
        "jwks_uri, http://login.example.com/keys",
        "jwks_uri, file:///etc/passwd",
        "jwks_uri, /keys",
        "jwks_uri, https://u:p@login.example.com/keys",
        "jwks_uri, ''",
        "introspection_endpoint, http://login.example.com/introspect",
        "introspection_endpoint, https://login.example.com/#x",
    })
    void discover_endpointThatIsNotSafe_nothingIsUsed(String member, String value) {
        Map<String, Object> document = document();
        document.put(member, value);
        serve(document);

        assertThatThrownBy(() -> discovery.discover(issuer()))
                .isInstanceOf(MetadataException.class)
                .hasMessageStartingWith(member)
                .hasMessageNotContaining("/keys");
    }

    @Test
    void discover_membersOfTheWrongType_nothingIsUsed() {
        for (Object wrong : List.of(1, List.of("https://login.example.com/keys"), Map.of())) {
            Map<String, Object> document = document();
            document.put("jwks_uri", wrong);
            serve(document);
            assertThatThrownBy(() -> discovery.discover(issuer())).isInstanceOf(MetadataException.class);
        }
        for (Object wrong : List.of("client_secret_basic", List.of(1), 1)) {
            Map<String, Object> document = document();
            document.put("introspection_endpoint_auth_methods_supported", wrong);
            serve(document);
            assertThatThrownBy(() -> discovery.discover(issuer())).isInstanceOf(MetadataException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "{} x", "{\"issuer\":\"a\",\"issuer\":\"b\"}", "<html></html>"})
    void discover_notOneJsonObject_nothingIsUsed(String body) {
        serve(OIDC, json(body));

        assertThatThrownBy(() -> discovery.discover(issuer()))
                .isInstanceOf(MetadataException.class)
                .hasMessage("the metadata at localhost is not one strict JSON object");
    }

    @ParameterizedTest
    @Requirement("RFC8414 §3")
    @ValueSource(strings = {"text/html", "text/plain", "application/jwk-set+json", "application/json, text/html"})
    void discover_anotherContentType_nothingIsUsed(String contentType) {
        serve(OIDC, json(JSONObjectUtils.toJSONString(document())).withHeader("Content-Type", contentType));

        assertThatThrownBy(() -> discovery.discover(issuer())).isInstanceOf(MetadataException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://login.example.com", "https://login.example.com?a", "login", "https://s3cret@h"})
    void discover_issuerThatIsNoAddress_refusedUnasked(String issuer) {
        Throwable failure = catchThrowable(() -> discovery.discover(issuer));

        assertThat(failure).isInstanceOf(MetadataException.class).hasMessageNotContaining("s3cret");
    }

    @Test
    void discover_loopbackWithoutLeave_refusedUnasked() {
        serve(document());

        assertThatThrownBy(() -> new MetadataDiscovery(HTTP, false).discover(issuer()))
                .isInstanceOf(MetadataException.class);
        assertThat(asked()).isEmpty();
    }

    @Test
    void discover_testIssuer_found() throws IOException {
        try (TestIssuer issuer = TestIssuer.start()) {
            AuthorizationServerMetadata metadata = discovery.discover(issuer.issuer());

            assertThat(metadata.jwksUri()).contains(issuer.jwksUri());
            assertThat(metadata.introspectionEndpoint()).contains(issuer.introspectionEndpoint());
        }
    }
}
