package dev.scopegate.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.model.AccessToken;
import dev.scopegate.model.Credentials;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.RequestSnapshot.Elsewhere;
import dev.scopegate.model.Transport;
import dev.scopegate.test.Requirement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenExtractorTest {

    private static final String ALL = "header form query cookie:token";

    /** Values: what stands in the Authorization field, the query, all parameters (query first, then body), the cookie. */
    @ParameterizedTest(name = "[{0}] {1} | {2} | {3} | {4} → {5}")
    @Requirement({"RFC6750 §2", "RFC6750 §2.2", "RFC6750 §2.3", "RFC6750 §3.1"})
    @CsvSource(
            delimiter = '|',
            value = {
                "header         | Bearer a | access_token=b      |     |   | header a",
                "header         |          | access_token=b      |     |   | absent",
                "query          |          | access_token=b      |     |   | query b",
                "query          |          | x=1&access_token=b  |     |   | query b",
                "query          |          | access%5Ftoken=b    |     |   | query b",
                "query          |          | access_token=%62    |     |   | query b",
                "query          |          | Access_Token=b      |     |   | absent",
                "query          |          | xaccess_token=b     |     |   | absent",
                "query          |          | access_token        |     |   | malformed",
                "query          |          | access_token=       |     |   | malformed",
                "query          |          | access_token=b+c    |     |   | query b c",
                "query          |          | access_token=%zz    |     |   | query %zz",
                "query          |          | access_token=b&access_token=b |  |  | repeated",
                "query          |          | access_token=b;access_token=c |  |  | query b;access_token=c",
                "query          | Bearer a | access_token=a      |     |   | repeated",
                "query          | Basic a  | access_token=b      |     |   | query b",
                "query          | Bearer   | access_token=b      |     |   | repeated",
                "form           |          |                     | c   |   | form c",
                "form           |          |                     | c c |   | repeated",
                "form           |          |                     | c*  |   | form c*",
                "form           | Bearer a |                     | c   |   | repeated",
                "form           |          | access_token=b      | b   |   | absent",
                "form           |          | access_token=b      | b c |   | repeated",
                "form query     |          | access_token=b      | b   |   | query b",
                "form query     |          | access_token=b      | b c |   | repeated",
                "cookie:token   |          |                     |     | d | cookie:token d",
                "cookie:token   | Bearer a |                     |     |   | header a",
                "cookie:token   | Bearer a |                     |     | d | repeated",
                "cookie:token   |          |                     |     | d d | repeated",
                "cookie:token   |          |                     |     | d* | cookie:token d*",
                ALL + "         | Bearer a |                     |     |   | header a",
                ALL + "         |          |                     |     |   | absent",
                ALL + "         |          | access_token=b      | b   | d | repeated",
            })
    void extract_placesConfigured_oneTokenOrNone(
            String transports, String field, String query, String parameters, String cookies, String expected) {
        Elsewhere elsewhere = new Elsewhere(query == null ? "" : query, words(parameters), words(cookies));

        assertThat(text(extractor(transports).extract(request(field == null ? List.of() : List.of(field), elsewhere))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "form", "cookie:token"})
    void extract_tooLong_refusedBeforeItIsRead(String transport) {
        String longest = "x".repeat(100);
        TokenExtractor extractor = extractor(transport);

        assertThat(text(extractor.extract(request(List.of(), elsewhere(transport, longest)))))
                .isEqualTo(transport + " " + longest);
        assertThat(extractor.extract(request(List.of(), elsewhere(transport, longest + "!"))))
                .isEqualTo(new Credentials.Malformed(RefusalReason.TOKEN_TOO_LARGE));
    }

    @Test
    void snapshot_asText_hidesTokens() {
        RequestSnapshot request = request(
                List.of("Bearer s3cr3t"), new Elsewhere("access_token=s3cr3t", List.of("s3cr3t"), List.of("s3cr3t")));

        assertThat(request.toString()).doesNotContain("s3cr3t");
        assertThat(request.elsewhere().toString()).doesNotContain("s3cr3t");
    }

    private static Elsewhere elsewhere(String transport, String token) {
        return switch (transport) {
            case "query" -> new Elsewhere("access_token=" + token, List.of(), List.of());
            case "form" -> new Elsewhere("", List.of(token), List.of());
            default -> new Elsewhere("", List.of(), List.of(token));
        };
    }

    private static TokenExtractor extractor(String transports) {
        return new TokenExtractor(
                Arrays.stream(transports.split(" ")).map(Transport::of).toList(), 100);
    }

    private static RequestSnapshot request(List<String> authorization, Elsewhere elsewhere) {
        return new RequestSnapshot("POST", "/a", "/a", authorization, elsewhere, false);
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : List.of(text.split(" "));
    }

    private static String text(Credentials credentials) {
        if (credentials instanceof Credentials.Presented presented) {
            AccessToken token = presented.token();
            return presented.via() + " " + token.value();
        }
        if (credentials instanceof Credentials.Malformed malformed) {
            return malformed.reason() == RefusalReason.CREDENTIALS_REPEATED ? "repeated" : "malformed";
        }
        return "absent";
    }
}
