package dev.scopegate.introspection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.http.HttpAnswer;
import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the endpoint says, clause by clause. What goes over the wire is in {@code Rfc7662IT}, what is kept in {@code IntrospectionCacheIT}. */
class Rfc7662Test {

    private static final String JSON = "application/json";

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private static IntrospectionResult read(HttpAnswer answer) throws IOException {
        return IntrospectionAnswer.read(answer, new PlainAnswers(), () -> NOW, () -> {});
    }

    private static HttpAnswer answer(int status, String contentType, String body) {
        return answer(status, contentType, body, UTF_8);
    }

    private static HttpAnswer answer(int status, String contentType, String body, Charset charset) {
        return new HttpAnswer(
                status, contentType, Optional.of(Duration.ofSeconds(7)), Optional.empty(), body.getBytes(charset));
    }

    private static void assertFails(HttpAnswer answer, Kind kind) {
        assertThatExceptionOfType(IntrospectionException.class)
                .isThrownBy(() -> read(answer))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind))
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("s3cret"));
    }

    @Nested
    @DisplayName("§2.2: one JSON object, in which active is a boolean")
    class Response {

        @Test
        @Requirement("RFC7662 §2.2")
        void read_activeTrue_activeWithItsClaims() throws IOException {
            String body =
                    "{\"active\":true,\"sub\":\"é\",\"aud\":[\"a\",\"b\"],\"exp\":1767225600,\"cnf\":{\"jkt\":\"x\"}}";

            assertThat(read(answer(200, JSON, body)))
                    .isEqualTo(Active.now(
                            Map.of(
                                    "active",
                                    true,
                                    "sub",
                                    "é",
                                    "aud",
                                    List.of("a", "b"),
                                    "exp",
                                    1767225600L,
                                    "cnf",
                                    Map.of("jkt", "x")),
                            NOW));
        }

        @ParameterizedTest
        @Requirement("RFC7662 §2.2")
        @ValueSource(strings = {"{\"active\":false}", " { \"active\" : false , \"sub\":\"alice\" } "})
        void read_activeFalse_inactiveWhateverElseItSays(String body) throws IOException {
            assertThat(read(answer(200, JSON, body))).isEqualTo(new Inactive());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"active\":\"true\"}",
                    "{\"active\":\"false\"}",
                    "{\"active\":1}",
                    "{\"active\":0}",
                    "{\"active\":[true]}",
                    "{\"active\":{}}",
                    "{\"active\":null}",
                    "{\"active\":\"\"}",
                    "{\"active\":{\"active\":true}}",
                    "{\"Active\":true}",
                    "{\"sub\":\"alice\"}",
                    "{}",
                })
        void read_activeThatIsNoBoolean_inactiveAndSaidSo(String body) throws IOException {
            AtomicInteger told = new AtomicInteger();

            assertThat(IntrospectionAnswer.read(
                            answer(200, JSON, body), new PlainAnswers(), () -> NOW, told::incrementAndGet))
                    .isEqualTo(new Inactive());
            assertThat(told).hasValue(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"true", "false"})
        void read_activeThatIsABoolean_nothingToSay(String active) throws IOException {
            AtomicInteger told = new AtomicInteger();

            IntrospectionAnswer.read(
                    answer(200, JSON, "{\"active\":" + active + "}"),
                    new PlainAnswers(),
                    () -> NOW,
                    told::incrementAndGet);

            assertThat(told).hasValue(0);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "null",
                    "true",
                    "[]",
                    "[{\"active\":true}]",
                    "{\"active\":true",
                    "{\"active\":true} x",
                    "{\"active\":true}{\"active\":true}",
                    "{\"active\":true,}",
                    "{active:true}",
                    "{'active':true}",
                    "{\"active\":false,\"active\":true}",
                    "{\"active\":true,\"\\u0061ctive\":false}",
                    "{\"active\":true,\"cnf\":{\"jkt\":\"a\",\"jkt\":\"b\"}}",
                    "{\"active\":TRUE}",
                    "<html>s3cret</html>",
                })
        void read_notOneStrictObject_malformed(String body) {
            assertFails(answer(200, JSON, body), Kind.MALFORMED_ANSWER);
        }

        @Test
        void read_notUtf8_malformed() {
            assertFails(answer(200, JSON, "{\"active\":true,\"sub\":\"é\"}", ISO_8859_1), Kind.MALFORMED_ANSWER);
        }

        @Test
        void read_nestedDeeply_malformed() {
            String deep = "{\"active\":true,\"a\":" + "[".repeat(40) + "]".repeat(40) + "}";
            String abyss = "{\"active\":true,\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";

            assertFails(answer(200, JSON, deep), Kind.MALFORMED_ANSWER);
            assertFails(answer(200, JSON, abyss), Kind.MALFORMED_ANSWER);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "text/html",
                    "text/json",
                    "application/jwt",
                    "application/token-introspection+jwt",
                    "application/jsonp"
                })
        void read_anotherContentType_malformed(String contentType) {
            assertFails(answer(200, contentType, "{\"active\":true}"), Kind.MALFORMED_ANSWER);
        }

        @ParameterizedTest
        @ValueSource(ints = {201, 202, 204, 206, 301, 302, 307, 308, 400, 404, 405, 415})
        void read_statusThatIsNoAnswer_malformed(int status) {
            assertFails(answer(status, JSON, "{\"active\":true}"), Kind.MALFORMED_ANSWER);
        }

        @Test
        @Requirement("RFC7662 §2.2")
        void read_membersNobodyKnows_handedOnAndChangeNothing() throws IOException {
            String more = "\"x\":{\"y\":[1,2.5,null]},\"https://example.com/z\":null,\"Active\":false";

            assertThat(read(answer(200, JSON, "{\"active\":true," + more + "}")))
                    .isEqualTo(Active.now(
                            Map.of("active", true, "x", Map.of("y", List.of(1L, 2.5)), "Active", false), NOW));
            assertThat(read(answer(200, JSON, "{\"active\":false," + more + "}")))
                    .isEqualTo(new Inactive());
        }
    }

    @Nested
    @DisplayName("§2.3: what is no answer says nothing of the token")
    class Errors {

        @ParameterizedTest
        @Requirement("RFC7662 §2.3")
        @ValueSource(ints = {401, 403})
        void read_clientRefused_isNotTheTokensFault(int status) {
            assertFails(answer(status, JSON, "{\"active\":false}"), Kind.REFUSED_CLIENT);
        }

        @ParameterizedTest
        @Requirement("RFC6749 §5.2")
        @CsvSource({
            "invalid_client,      REFUSED_CLIENT",
            "unauthorized_client, REFUSED_CLIENT",
            "invalid_request,     MALFORMED_ANSWER",
            "'',                  MALFORMED_ANSWER",
        })
        void read_badRequest_ourFaultWhereItNamesTheClient(String error, Kind kind) {
            assertFails(answer(400, JSON, "{\"error\":\"" + error + "\"}"), kind);
            assertFails(answer(400, JSON, "{\"error\":[\"" + error + "\"]}"), Kind.MALFORMED_ANSWER);
        }

        @ParameterizedTest
        @ValueSource(ints = {429, 500, 502, 503, 504, 599})
        void read_endpointInTrouble_unavailableForAsLongAsItSays(int status) {
            assertThatExceptionOfType(IntrospectionException.class)
                    .isThrownBy(() -> read(answer(status, JSON, "{\"active\":true}")))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.ENDPOINT_UNAVAILABLE))
                    .satisfies(failure -> assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7)));
        }
    }
}
