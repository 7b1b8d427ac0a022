package dev.scopegate.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.authentication.AuthenticationMethod;
import dev.scopegate.introspection.authentication.BearerToken;
import dev.scopegate.introspection.authentication.ClientAuthentication;
import dev.scopegate.introspection.authentication.ClientCredentialsGrant;
import dev.scopegate.introspection.authentication.ClientSecretBasic;
import dev.scopegate.introspection.authentication.ClientSecretPost;
import dev.scopegate.introspection.authentication.NegotiatedAuthentication;
import dev.scopegate.introspection.authentication.PrivateKeyJwt;
import dev.scopegate.introspection.authentication.SigningKey;
import dev.scopegate.introspection.authentication.TlsClientAuth;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.introspection.http.DemandingServer;
import dev.scopegate.introspection.http.OwnCertificate;
import dev.scopegate.introspection.http.RawServer;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What each way of client authentication puts on the wire, and what becomes of it when the endpoint does not take it. */
@Timeout(60)
class ClientAuthenticationIT {

    private static final String ACTIVE =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"active\":true}";
    private static final String REFUSED = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n";

    @TempDir
    private Path folder;

    @Test
    @Requirement("RFC6749 §2.3.1")
    void introspect_basic_encodedOrAsItIs() throws Exception {
        assertThat(headOf(new ClientSecretBasic("contacts api", "s:e%")))
                .contains("\r\nAuthorization: Basic Y29udGFjdHMrYXBpOnMlM0FlJTI1\r\n");
        assertThat(headOf(ClientSecretBasic.unencoded("contacts api", "s:e%")))
                .contains("\r\nAuthorization: Basic Y29udGFjdHMgYXBpOnM6ZSU=\r\n");
    }

    @Test
    @Requirement("RFC7523 §2.2")
    void introspect_privateKeyJwt_assertionInTheBodyAlone() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("key-1").generate();
        Path file = Files.writeString(folder.resolve("key.json"), key.toJSONString());
        SigningKey signing = SigningKey.read(file, Optional.of("PS256"), Optional.empty());

        String[] parts = requestOf(new PrivateKeyJwt("contacts-api", signing, "https://login.example.com"));
        Map<String, String> form = form(parts[1]);
        JWSObject assertion = JWSObject.parse(form.get("client_assertion"));

        assertThat(parts[0])
                .startsWith("POST /introspect HTTP/1.1\r\n")
                .doesNotContain("Authorization", form.get("client_assertion"));
        assertThat(form)
                .containsOnlyKeys("token", "token_type_hint", "client_id", "client_assertion_type", "client_assertion")
                .containsEntry("client_id", "contacts-api");
        assertThat(assertion.verify(new RSASSAVerifier(key.toRSAPublicKey()))).isTrue();
        assertThat(assertion.verify(
                        new RSASSAVerifier(new RSAKeyGenerator(2048).generate().toRSAPublicKey())))
                .isFalse();
    }

    @Test
    @Requirement("RFC8705 §2")
    void introspect_tlsClientAuth_onlyTheClientIdInTheBody() throws Exception {
        String[] parts = requestOf(new TlsClientAuth("contacts-api"));

        assertThat(parts[0]).doesNotContain("Authorization");
        assertThat(form(parts[1]))
                .containsOnlyKeys("token", "token_type_hint", "client_id")
                .containsEntry("client_id", "contacts-api");
        assertThatThrownBy(() -> new TlsClientAuth(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Requirement("RFC8705 §2.2")
    void introspect_serverThatDemandsOurCertificate_answeredAndWithoutItNot() throws Exception {
        OwnCertificate server = OwnCertificate.in(folder, "server", "EC");
        OwnCertificate ours = OwnCertificate.in(folder, "ours", "EC");
        try (DemandingServer demanding =
                        DemandingServer.start(server, ours.certificate(), List.of(ours.certificate()), "TLSv1.3");
                BoundedHttpClient showing = BoundedHttpClient.builder()
                        .clientCertificate(ours.store(), OwnCertificate.PASSWORD)
                        .trustedCertificates(Set.of(server.certificate()))
                        .build();
                BoundedHttpClient plain = BoundedHttpClient.builder()
                        .trustedCertificates(Set.of(server.certificate()))
                        .build();
                IntrospectionClient known = client(demanding, showing);
                IntrospectionClient unknown = client(demanding, plain)) {
            assertThat(known.introspect("opaque1")).isInstanceOf(Active.class);
            assertThatThrownBy(() -> unknown.introspect("opaque1"))
                    .isInstanceOfSatisfying(
                            IntrospectionException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.ENDPOINT_UNAVAILABLE));
            assertThat(demanding.seen()).containsExactly(ours.certificate());
        }
    }

    private static IntrospectionClient client(DemandingServer server, BoundedHttpClient http) {
        return IntrospectionClient.builder(server.uri(), new TlsClientAuth("contacts-api"))
                .http(http)
                .build();
    }

    @Test
    @Requirement("RFC7662 §2.1")
    void introspect_bearerRefusedByTheEndpoint_nextCallShowsANewOne() throws Exception {
        MutableClock clock = MutableClock.at(Instant.EPOCH);
        try (RawServer tokens = RawServer.running(
                        (in, out) -> RawServer.write(out, token("first")),
                        (in, out) -> RawServer.write(out, token("second")));
                RawServer server = RawServer.running(
                        (in, out) -> RawServer.write(out, ACTIVE),
                        (in, out) -> RawServer.write(out, REFUSED),
                        (in, out) -> RawServer.write(out, ACTIVE));
                BoundedHttpClient http = BoundedHttpClient.builder().build();
                IntrospectionClient client = IntrospectionClient.builder(
                                server.uri("/introspect"),
                                new BearerToken(
                                        new ClientCredentialsGrant(
                                                new ClientSecretPost("contacts-api", "s3cret"),
                                                () -> tokens.uri("/token"),
                                                List.of(),
                                                Duration.ofSeconds(10)),
                                        http,
                                        clock::read))
                        .http(http)
                        .build()) {
            assertThat(client.introspect("opaque1")).isInstanceOf(Active.class);
            clock.advance(Duration.ofSeconds(1));
            assertThatThrownBy(() -> client.introspect("opaque2"))
                    .isInstanceOfSatisfying(
                            IntrospectionException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.REFUSED_CLIENT));
            assertThat(client.introspect("opaque3")).isInstanceOf(Active.class);

            assertThat(server.requests())
                    .extracting(request -> request.contains("\r\nAuthorization: Bearer first\r\n"))
                    .containsExactly(true, true, false);
            assertThat(server.requests().get(2)).contains("\r\nAuthorization: Bearer second\r\n");
            assertThat(server.requests()).noneMatch(request -> request.contains("s3cret"));
            assertThat(tokens.requests()).hasSize(2).noneMatch(request -> request.contains("opaque"));
        }
    }

    @Test
    void introspect_tokenEndpointRefusesOurClient_ourFault() throws Exception {
        try (RawServer tokens = RawServer.answering(REFUSED);
                RawServer server = RawServer.answering(ACTIVE);
                BoundedHttpClient http = BoundedHttpClient.builder().build();
                IntrospectionClient client = IntrospectionClient.builder(
                                server.uri("/introspect"),
                                new BearerToken(
                                        new ClientCredentialsGrant(
                                                new ClientSecretBasic("contacts-api", "s3cret"),
                                                () -> tokens.uri("/token"),
                                                List.of(),
                                                Duration.ofSeconds(10)),
                                        http))
                        .build()) {
            assertThatThrownBy(() -> client.introspect("opaque1"))
                    .isInstanceOfSatisfying(
                            IntrospectionException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.REFUSED_CLIENT))
                    .hasMessage("the token endpoint refused our client with status 401");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    @Requirement("RFC8414 §2")
    void introspect_serverTakesNothingOfOurs_ourFaultAndNothingSent() throws Exception {
        ClientAuthentication secretAlone = new NegotiatedAuthentication(
                Map.of(AuthenticationMethod.CLIENT_SECRET_BASIC, new ClientSecretBasic("contacts-api", "s3cret")),
                () -> List.of("private_key_jwt"));
        try (RawServer server = RawServer.answering(ACTIVE);
                IntrospectionClient client = IntrospectionClient.builder(server.uri("/introspect"), secretAlone)
                        .build()) {
            assertThatThrownBy(() -> client.introspect("opaque1"))
                    .isInstanceOfSatisfying(
                            IntrospectionException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.REFUSED_CLIENT));
            assertThat(server.requests()).isEmpty();
        }
    }

    private static String token(String value) {
        String body = "{\"access_token\":\"" + value + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}";
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    private static String headOf(ClientAuthentication authentication) throws Exception {
        return requestOf(authentication)[0] + "\r\n";
    }

    private static String[] requestOf(ClientAuthentication authentication) throws Exception {
        try (RawServer server = RawServer.answering(ACTIVE);
                IntrospectionClient client = IntrospectionClient.builder(server.uri("/introspect"), authentication)
                        .build()) {
            assertThat(client.introspect("opaque1")).isInstanceOf(Active.class);
            return server.requests().get(0).split("\r\n\r\n", 2);
        }
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }
}
