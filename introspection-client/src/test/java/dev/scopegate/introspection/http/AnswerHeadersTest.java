package dev.scopegate.introspection.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerHeadersTest {

    private static final MutableClock CLOCK = MutableClock.at(Instant.parse("2026-11-21T08:00:00Z"));

    private static HttpHeaders headers(String name, String... values) {
        return HttpHeaders.of(Map.of(name, List.of(values)), (key, value) -> true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "application/json                   ! application/json",
                "Application/JSON; charset=UTF-8    ! application/json",
                "application/jwk-set+json;x=\"a;b\" ! application/jwk-set+json",
            })
    void contentType_mediaType_withoutParametersInLowerCase(String value, String expected) {
        assertThat(AnswerHeaders.contentType(headers("Content-Type", value))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "json", "application/", "a/b/c", "application/json, text/html", "a\nb/c", "/", "a b/c"})
    void contentType_notAMediaType_empty(String value) {
        assertThat(AnswerHeaders.contentType(headers("Content-Type", value))).isEmpty();
    }

    @Test
    void contentType_noneOrTwo_empty() {
        assertThat(AnswerHeaders.contentType(headers("X", "y"))).isEmpty();
        assertThat(AnswerHeaders.contentType(headers("Content-Type", "application/json", "text/html")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "identity, false",
        "Identity, false",
        "gzip, true",
        "br, true",
        "'identity, gzip', true",
        "'', true",
        "x-unknown, true"
    })
    void isEncoded_value_onlyIdentityIsPlain(String value, boolean expected) {
        assertThat(AnswerHeaders.isEncoded(headers("Content-Encoding", value))).isEqualTo(expected);
    }

    @Test
    void isEncoded_absent_plain() {
        assertThat(AnswerHeaders.isEncoded(headers("X", "y"))).isFalse();
    }

    @ParameterizedTest
    @Requirement("RFC9110 §10.2.3")
    @CsvSource(
            delimiter = '!',
            value = {
                "0                             ! PT0S",
                "30                            ! PT30S",
                "3600                          ! PT1H",
                "Sat, 21 Nov 2026 08:00:45 GMT ! PT45S",
            })
    void retryAfter_secondsOrDate_isTheTimeUntilThen(String value, Duration expected) {
        assertThat(AnswerHeaders.retryAfter(headers("Retry-After", value), CLOCK))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "3601                          ! PT1H",
                "999999999                     ! PT1H",
                "99999999999999999999999       ! PT1H",
                "Sat, 21 Nov 2026 07:00:00 GMT ! PT0S",
                "Thu, 21 Nov 2999 07:00:00 GMT ! PT1H",
            })
    void retryAfter_pastOrFarAway_betweenZeroAndAnHour(String value, Duration expected) {
        assertThat(AnswerHeaders.retryAfter(headers("Retry-After", value), CLOCK))
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "soon", "+5", "0x10", "٣", "2026-11-21T08:00:45Z"})
    void retryAfter_somethingElse_absent(String value) {
        assertThat(AnswerHeaders.retryAfter(headers("Retry-After", value), CLOCK))
                .isEmpty();
    }

    @Test
    void retryAfter_absent_absent() {
        assertThat(AnswerHeaders.retryAfter(headers("X", "y"), CLOCK)).isEmpty();
    }

    @ParameterizedTest
    @Requirement("RFC9111 §5.2.2")
    @CsvSource(
            delimiter = '!',
            value = {
                "max-age=300                   ! PT5M",
                "public, Max-Age=60            ! PT1M",
                "max-age=1,must-revalidate     ! PT1S",
            })
    void maxAge_positive_asSaid(String value, Duration expected) {
        assertThat(AnswerHeaders.maxAge(headers("Cache-Control", value))).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max-age=0",
                "no-cache",
                "no-store, max-age=300",
                "max-age=-1",
                "max-age=9999999999",
                "max-age=soon",
                "s-maxage=300",
                ""
            })
    void maxAge_noneOrForbidden_absent(String value) {
        assertThat(AnswerHeaders.maxAge(headers("Cache-Control", value))).isEmpty();
    }

    @Test
    @Requirement("RFC9112 §6.3")
    void isOfUnclearLength_oneLengthOrOneEncoding_clear() {
        assertThat(AnswerHeaders.isOfUnclearLength(HttpHeaders.of(Map.of(), (name, value) -> true)))
                .isFalse();
        assertThat(AnswerHeaders.isOfUnclearLength(headers("Content-Length", "15")))
                .isFalse();
        assertThat(AnswerHeaders.isOfUnclearLength(headers("Content-Length", "15", "15")))
                .isFalse();
        assertThat(AnswerHeaders.isOfUnclearLength(headers("Transfer-Encoding", "chunked")))
                .isFalse();
    }

    @Test
    @Requirement("RFC9112 §6.3")
    void isOfUnclearLength_twoLengthsOrLengthAndEncoding_unclear() {
        Map<String, List<String>> both =
                Map.of("Content-Length", List.of("15"), "Transfer-Encoding", List.of("chunked"));

        assertThat(AnswerHeaders.isOfUnclearLength(headers("Content-Length", "15", "500")))
                .isTrue();
        assertThat(AnswerHeaders.isOfUnclearLength(HttpHeaders.of(both, (name, value) -> true)))
                .isTrue();
    }
}
