package dev.scopegate.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BodyFormatTest {

    @ParameterizedTest(name = "{0}")
    @Requirement({"RFC9110 §12.5.1", "RFC9110 §12.4.2"})
    @CsvSource(
            delimiter = '!',
            value = {
                "nothing said                  ! ''                                                           ! PROBLEM",
                "anything                      ! */*                                                          ! PROBLEM",
                "problem documents             ! application/problem+json                                     ! PROBLEM",
                "any application type          ! application/*                                                ! PROBLEM",
                "JSON alone                    ! application/json                                             ! JSON",
                "JSON in capitals              ! APPLICATION/JSON                                             ! JSON",
                "JSON with a parameter         ! application/json;charset=UTF-8                               ! JSON",
                "JSON, any other less          ! application/json, */*;q=0.5                                  ! JSON",
                "JSON and any other            ! application/json, text/plain, */*                            ! PROBLEM",
                "JSON and problem documents    ! application/json, application/problem+json                   ! PROBLEM",
                "JSON before problem documents ! application/json, application/problem+json;q=0.9             ! JSON",
                "a browser                     ! text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 ! PAGE",
                "a browser with images         ! text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8 ! PAGE",
                "an image of a browser         ! image/avif,image/webp,*/*;q=0.8                              ! PROBLEM",
                "XHTML alone                   ! application/xhtml+xml                                        ! PAGE",
                "HTML as much as JSON          ! text/html, application/json                                  ! JSON",
                "HTML less than JSON           ! text/html;q=0.8, application/json;q=0.9                      ! JSON",
                "HTML more than JSON           ! text/html;q=0.9, application/json;q=0.8                      ! PAGE",
                "HTML by a thousandth          ! text/html;q=0.801, application/json;q=0.8                    ! PAGE",
                "HTML not at all               ! text/html;q=0, */*;q=0.1                                     ! PROBLEM",
                "HTML not at all, but text     ! text/html;q=0, text/*                                        ! TEXT",
                "text alone                    ! text/plain                                                   ! TEXT",
                "text and HTML                 ! text/*                                                       ! PAGE",
                "no problem documents          ! application/problem+json;q=0, */*                            ! JSON",
                "the more precise range counts ! text/html;q=0.1, text/*;q=0.9                                ! TEXT",
                "whatever their order          ! text/*;q=0.9, text/html;q=0.1                                ! TEXT",
                "weight in capitals            ! text/html;Q=0.1, application/json;Q=0.2                      ! JSON",
                "spaces and tabs               ! \ttext/html ;\t q=0.3 ,application/json; q=0.2               ! PAGE",
                "a comma within quotes         ! text/plain;x=\"a, text/html\"                                ! TEXT",
                "a weight within quotes        ! text/plain;x=\";q=0\", text/html;q=0.5                        ! TEXT",
                "an escaped quote              ! text/plain;x=\"\\\", text/html;q=0.9, \"                      ! TEXT",
                "empty elements                ! ,, text/plain,                                               ! TEXT",
                "nothing that we have          ! image/png                                                    ! PROBLEM",
                "refuses everything            ! */*;q=0                                                      ! PROBLEM",
                "problem documents in XML      ! application/problem+xml                                      ! PROBLEM",
            })
    void preferred_soundField_whatTheClientWantsMost(String name, String accept, BodyFormat format) {
        assertThat(BodyFormat.preferred(accept)).isEqualTo(format);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '!',
            value = {
                "no subtype          ! text                                     ! PROBLEM",
                "no type             ! /html                                    ! PROBLEM",
                "a star alone        ! *                                        ! PROBLEM",
                "any type, one sub   ! */html                                   ! PROBLEM",
                "weight above one    ! text/html;q=1.001                        ! PROBLEM",
                "negative weight     ! text/html;q=-1                           ! PROBLEM",
                "weight of words     ! text/html;q=high                         ! PROBLEM",
                "weight in quotes    ! text/html;q=\"1\"                        ! PROBLEM",
                "weight not a number ! text/html;q=NaN                          ! PROBLEM",
                "weight of exponents ! text/html;q=1e0                          ! PROBLEM",
                "four digits         ! text/html;q=0.0001                       ! PROBLEM",
                "first weight counts ! text/html;q=0;q=1, text/plain;q=0.1      ! TEXT",
                "open quotes         ! text/html;x=\"a, text/plain              ! PROBLEM",
                "broken beside sound ! text/html;q=2, text/plain;q=0.1          ! TEXT",
                "space within        ! text /html, text/plain                   ! TEXT",
                "markup              ! <script>alert(1)</script>                ! PROBLEM",
                "the first Java one  ! text/html, image/gif, *; q=.2, */*; q=.2 ! PAGE",
                "not ASCII           ! téxt/html, text/plain                    ! TEXT",
            })
    void preferred_brokenField_readableRestCounts(String name, String accept, BodyFormat format) {
        assertThat(BodyFormat.preferred(accept)).isEqualTo(format);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void preferred_hostileField_quicklyTheDefault(String accept) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(BodyFormat.preferred(accept)).isEqualTo(BodyFormat.PROBLEM));
    }

    static Stream<String> hostile() {
        return Stream.of(
                "text/html," + "a/b,".repeat(100_000),
                "text/html;x=\"" + "\\\"".repeat(1_000_000),
                "text/html" + ";a=b".repeat(250_000),
                ",".repeat(1_000_000) + "text/html",
                "text/html;x=\"" + "a".repeat(1_010),
                "a".repeat(1_000) + "/",
                ";".repeat(1_024),
                "a/b" + "; ".repeat(510),
                "a/b" + ";a=\"\"".repeat(200) + ";");
    }

    @ParameterizedTest
    @CsvSource({"1024, PAGE", "1025, PROBLEM"})
    void preferred_length_limitIsExact(int length, BodyFormat format) {
        String accept = "text/html" + ",".repeat(length - 9);

        assertThat(BodyFormat.preferred(accept)).isEqualTo(format);
    }
}
