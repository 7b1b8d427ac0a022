package dev.scopegate.introspection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.authentication.ClientAuthentication;
import dev.scopegate.introspection.authentication.ClientSecretBasic;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.introspection.http.RawServer;
import dev.scopegate.introspection.http.TlsServer;
import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, clause by clause. What the endpoint says is in {@code Rfc7662Test}. */
@Timeout(60)
class Rfc7662IT {

    private static final String ACTIVE = "{\"active\":true}";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + ACTIVE.length() + "\r\n\r\n" + ACTIVE;
    private static final ClientAuthentication CREDENTIALS = new ClientSecretBasic("contacts-api", "s3cret");

    private static final Duration PATIENT = Duration.ofSeconds(20);

    /** A request as it arrived. */
    private record Received(String head, Map<String, String> form, String body) {

        static Received of(String request) {
            String[] parts = request.split("\r\n\r\n", 2);
            return new Received(
                    parts[0],
                    Arrays.stream(parts[1].split("&", -1))
                            .map(field -> field.split("=", -1))
                            // Fails on a name that comes twice.
                            .collect(Collectors.toMap(
                                    field -> URLDecoder.decode(field[0], UTF_8),
                                    field -> URLDecoder.decode(field[1], UTF_8))),
                    parts[1]);
        }

        String field(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                    .map(line -> line.substring(name.length() + 2))
                    .collect(Collectors.joining(" and "));
        }
    }

    private static Received asked(
            String token,
            ClientAuthentication credentials,
            Function<IntrospectionClientBuilder, IntrospectionClientBuilder> options)
            throws IOException {
        try (RawServer server = RawServer.answering(ANSWER);
                IntrospectionClient client = options.apply(
                                IntrospectionClient.builder(server.uri("/introspect"), credentials)
                                        .timeout(PATIENT))
                        .build()) {
            assertThat(client.introspect(token)).isInstanceOf(Active.class);
            assertThat(server.requests()).hasSize(1);
            return Received.of(server.requests().get(0));
        }
    }

    private static Received asked(String token) throws IOException {
        return asked(token, CREDENTIALS, builder -> builder);
    }

    @Nested
    @DisplayName("§2.1: a form is posted, with the token in it, by a client that authenticates itself")
    class Request {

        @Test
        @Requirement("RFC7662 §2.1")
        void introspect_token_postedInTheBodyAlone() throws IOException {
            Received request = asked("opaque-1");

            assertThat(request.head())
                    .startsWith("POST /introspect HTTP/1.1\r\n")
                    .doesNotContain("opaque-1");
            assertThat(request.field("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
            assertThat(request.field("Accept")).isEqualTo("application/json");
            assertThat(request.form()).isEqualTo(Map.of("token", "opaque-1", "token_type_hint", "access_token"));
        }

        @ParameterizedTest
        @DisplayName("A139: the token arrives literally, as one parameter")
        @Requirement("RFC7662 §2.1")
        @ValueSource(
                strings = {
                    "a&active=true",
                    "a&token=b",
                    "a;token=b",
                    "a+b",
                    "a b",
                    "a%2Bb",
                    "%",
                    "=",
                    "a==",
                    "a/~._-",
                    "é€😀",
                    "a\u0000b",
                    "a\r\nX-Evil: 1",
                    "\"a\"",
                })
        void introspect_oddToken_arrivesLiterally(String token) throws IOException {
            Received request = asked(token);

            assertThat(request.form()).isEqualTo(Map.of("token", token, "token_type_hint", "access_token"));
            assertThat(request.body()).matches("[A-Za-z0-9%+*._=&-]+");
            assertThat(request.head()).doesNotContain("Evil");
        }

        @Test
        @Requirement("RFC7662 §2.1")
        void introspect_aThousandCharactersAndMore_allArrive() throws IOException {
            String token = "ab+/".repeat(2048);

            assertThat(asked(token).form()).containsEntry("token", token);
        }

        @ParameterizedTest
        @Requirement({"RFC7662 §2.1", "RFC6749 §2.3.1"})
        @CsvSource({"contacts-api, s3cret", "contacts:api, s3cret:%+é", "https://api.example.com/, a b"})
        void introspect_idAndSecret_formEncodedBeforeBase64(String id, String secret) throws IOException {
            String authorization = asked("t", new ClientSecretBasic(id, secret), builder -> builder)
                    .field("Authorization");

            assertThat(authorization).startsWith("Basic ");
            String[] pair = new String(Base64.getDecoder().decode(authorization.substring(6)), US_ASCII).split(":", -1);
            assertThat(Arrays.stream(pair).map(part -> URLDecoder.decode(part, UTF_8)))
                    .containsExactly(id, secret);
        }

        @Test
        @Requirement("RFC7662 §2.1")
        void parameterAndHeader_furtherOnes_sentBesideOurs() throws IOException {
            Received request = asked(
                    "t",
                    CREDENTIALS,
                    builder -> builder.parameter("tenant", "a&b=c").header("X-Tenant", "acme"));

            assertThat(request.form())
                    .isEqualTo(Map.of("token", "t", "token_type_hint", "access_token", "tenant", "a&b=c"));
            assertThat(request.field("X-Tenant")).isEqualTo("acme");
        }

        @ParameterizedTest
        @ValueSource(strings = {"token", "token_type_hint", "client_id", "client_secret", "client_assertion", ""})
        void parameter_oneOfOurs_refused(String name) {
            IntrospectionClientBuilder builder =
                    IntrospectionClient.builder(URI.create("https://login.example.com/introspect"), CREDENTIALS);

            assertThatThrownBy(() -> builder.parameter(name, "x")).isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @CsvSource({
            "Authorization, x",
            "accept, */*",
            "Content-Type, text/plain",
            "Host, evil.example.com",
            "Transfer-Encoding, chunked",
            "X Evil, x",
            "'', x",
            "X-Tenant, é",
        })
        void header_oneOfOursOrNone_refused(String name, String value) {
            IntrospectionClientBuilder builder =
                    IntrospectionClient.builder(URI.create("https://login.example.com/introspect"), CREDENTIALS);

            assertThatThrownBy(() -> builder.header(name, value)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    @DisplayName("§4: the endpoint has to show by TLS that it is the one")
    @Requirement("RFC7662 §4")
    class Transport {

        @TempDir
        Path folder;

        private IntrospectionResult asked(TlsServer server, BoundedHttpClient.Builder http)
                throws IntrospectionException {
            try (BoundedHttpClient trusting = http.build();
                    IntrospectionClient client = IntrospectionClient.builder(server.uri("/introspect"), CREDENTIALS)
                            .timeout(PATIENT)
                            .http(trusting)
                            .build()) {
                return client.introspect("opaque-1");
            }
        }

        private void assertNothingIsSent(TlsServer server, BoundedHttpClient.Builder http) {
            assertThatThrownBy(() -> asked(server, http))
                    .isInstanceOfSatisfying(
                            IntrospectionException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.ENDPOINT_UNAVAILABLE))
                    .hasCauseInstanceOf(IntrospectionException.class)
                    .hasRootCauseInstanceOf(GeneralSecurityException.class);
            assertThat(server.requests()).isZero();
        }

        @Test
        void introspect_trustedCertificateOfThisHost_answered() throws Exception {
            try (TlsServer server = TlsServer.start(folder, "dns:localhost")) {
                assertThat(asked(server, server.trusted())).isInstanceOf(Active.class);
                assertThat(server.requests()).isEqualTo(1);
            }
        }

        @Test
        void introspect_trustedCertificateOfAnotherHost_neitherTokenNorSecretSent() throws Exception {
            try (TlsServer server = TlsServer.start(folder, "dns:login.example.com")) {
                assertNothingIsSent(server, server.trusted());
            }
        }

        @Test
        void introspect_certificateThatNobodyTrusts_neitherTokenNorSecretSent() throws Exception {
            try (TlsServer server = TlsServer.start(folder, "dns:localhost")) {
                assertNothingIsSent(server, BoundedHttpClient.builder());
            }
        }
    }
}
