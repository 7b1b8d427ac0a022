package dev.scopegate.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutePatternTest {

    @Test
    void parse_severalMethods_allNamed() {
        RoutePattern pattern = RoutePattern.parse("GET|HEAD /health");

        assertThat(pattern).isEqualTo(new RoutePattern(Set.of("GET", "HEAD"), List.of("health"), false));
    }

    @Test
    void parse_variablesAndWildcards_areTheSame() {
        assertThat(RoutePattern.parse("* /a/{id}/b")).isEqualTo(RoutePattern.parse("* /a/*/b"));
    }

    @Test
    void parse_doubleStarAtTheEnd_open() {
        assertThat(RoutePattern.parse("* /contacts/**"))
                .isEqualTo(new RoutePattern(Set.of(), List.of("contacts"), true));
        assertThat(RoutePattern.parse("* /**")).isEqualTo(new RoutePattern(Set.of(), List.of(), true));
    }

    @Test
    void parse_trailingSlash_isASegmentOfItsOwn() {
        assertThat(RoutePattern.parse("GET /contacts/").segments()).containsExactly("contacts", "");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "/contacts                 ! write methods and path",
                "GET                       ! write methods and path",
                "GET /a /b                 ! write methods and path",
                "get /contacts             ! upper-case words",
                "GET,POST /contacts        ! upper-case words",
                "GET|GET /contacts         ! stands twice",
                "TRACE /contacts           ! always denied",
                "GET|TRACE /contacts       ! always denied",
                "GET| /contacts            ! upper-case words",
                "GET contacts              ! must begin with '/'",
                "GET **                    ! must begin with '/'",
                "GET /**/contacts          ! only at the end",
                "GET /contacts/**/         ! only at the end",
                "GET /a//b                 ! empty segment",
                "GET /a/../b               ! never dispatched",
                "GET /admin*               ! whole segment",
                "GET /a{id}                ! whole segment",
                "GET /{id                  ! whole segment",
                "GET /{a/b}                ! whole segment",
                "GET /^(a+)+$*             ! whole segment",
                "GET /a;b                  ! decoded",
                "GET /a?b                  ! decoded",
                "GET /a%20b                ! decoded",
            },
            delimiter = '!',
            maxCharsPerColumn = 200)
    void parse_noRule_saysWhatWouldBeOne(String text, String message) {
        assertThatThrownBy(() -> RoutePattern.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
