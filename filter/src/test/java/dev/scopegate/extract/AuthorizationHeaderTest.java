package dev.scopegate.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.model.AccessToken;
import dev.scopegate.model.Credentials;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.Transport;
import dev.scopegate.test.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationHeaderTest {

    private final AuthorizationHeader header = new AuthorizationHeader(100);

    @ParameterizedTest
    @Requirement({"RFC6750 §2.1", "RFC9110 §11.1"})
    @ValueSource(
            strings = {
                "Bearer abc.DEF-123_~+/=",
                "bearer abc.DEF-123_~+/=",
                "BEARER   abc.DEF-123_~+/=",
                " Bearer abc.DEF-123_~+/= ",
            })
    void extract_oneToken_presented(String field) {
        assertThat(header.extract(List.of(field)))
                .isEqualTo(new Credentials.Presented(new AccessToken("abc.DEF-123_~+/="), Transport.HEADER));
    }

    @Test
    void extract_oneToken_byItselfAndNothingBeforeIt() {
        Credentials.Presented presented = (Credentials.Presented) header.extract(List.of(" bearer  abc.def"));
        assertThat(presented.token().value()).isEqualTo("abc.def");
        assertThat(presented.token().length()).isEqualTo("abc.def".length());
        assertThat(presented.token())
                .isNotEqualTo(new AccessToken("bc.def"))
                .hasSameHashCodeAs(new AccessToken("abc.def"));
        assertThat(presented).asString().doesNotContain("abc");
    }

    @ParameterizedTest
    @Requirement("RFC6750 §3.1")
    @ValueSource(strings = {"", "Basic dTpw", "Bearerish abc", "Bearer-token abc", "DPoP abc", "Negotiate"})
    void extract_anotherScheme_absent(String field) {
        assertThat(header.extract(List.of(field))).isEqualTo(new Credentials.Absent());
    }

    @Test
    void extract_noField_absent() {
        assertThat(header.extract(List.of())).isEqualTo(new Credentials.Absent());
    }

    @ParameterizedTest
    @Requirement("RFC6750 §2.1")
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer  ", "Bearer\tabc", "Bearer,abc", "Bearer=abc"})
    void extract_noSpaceAndToken_malformed(String field) {
        assertThat(header.extract(List.of(field)))
                .isEqualTo(new Credentials.Malformed(RefusalReason.CREDENTIALS_MALFORMED));
    }

    /** Whether these characters are a token's is looked at by whoever validates them, and only if they were not valid before. */
    @ParameterizedTest
    @ValueSource(strings = {"Bearer =", "Bearer a b", "Bearer abc, Bearer def", "Bearer a\"b", "Bearer ünïcode"})
    void extract_anyCharacters_presentedAsTheyStand(String field) {
        assertThat(header.extract(List.of(field)))
                .isEqualTo(new Credentials.Presented(
                        new AccessToken(field.substring("Bearer ".length())), Transport.HEADER));
    }

    @Test
    void extract_twoFields_repeatedInEitherOrder() {
        Credentials repeated = new Credentials.Malformed(RefusalReason.CREDENTIALS_REPEATED);

        assertThat(header.extract(List.of("Bearer good", "Bearer other"))).isEqualTo(repeated);
        assertThat(header.extract(List.of("Basic dTpw", "Bearer good"))).isEqualTo(repeated);
        assertThat(header.extract(List.of("Bearer good", "Bearer good"))).isEqualTo(repeated);
    }

    @Test
    void extract_longestToken_presentedAndOneMoreRefused() {
        assertThat(header.extract(List.of("Bearer " + "a".repeat(100)))).isInstanceOf(Credentials.Presented.class);
        assertThat(header.extract(List.of("Bearer " + "a".repeat(101))))
                .isEqualTo(new Credentials.Malformed(RefusalReason.TOKEN_TOO_LARGE));
    }

    @Test
    void accessToken_asText_hidden() {
        assertThat(header.extract(List.of("Bearer sesame")).toString()).doesNotContain("sesame");
    }
}
