package dev.scopegate.container;

import static dev.scopegate.container.UnderTest.assertRefusal;
import static dev.scopegate.container.UnderTest.challenge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a token may stand in a request, and how not. */
interface PresentationContract extends UnderTest {

    @ParameterizedTest
    @ValueSource(strings = {"bearer ", "BEARER ", "Bearer   "})
    @Requirement("RFC9110 §11.1")
    default void scheme_otherCaseOrMoreSpaces_accepted(String scheme) {
        assertThat(client().get("/contacts", "Authorization: " + scheme + reader())
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dTpw", "Digest username=\"u\"", "BearerX abc", "abc"})
    @Requirement("RFC6750 §3.1")
    default void scheme_another_challengedWithoutError(String credentials) {
        RawResponse response = client().get("/contacts", "Authorization: " + credentials);

        assertRefusal(response, 401);
        assertThat(challenge(response)).doesNotContain("error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer", "Bearer ", "Bearer a b", "Bearer a,b", "Bearer \"a\"", "Bearer =", "Bearer \u00fc"})
    @Requirement("RFC6750 §3.1")
    default void header_notOneToken_refusedAsMalformed(String credentials) {
        RawResponse response = client().get("/contacts", "Authorization: " + credentials);

        assertRefusal(response, 400);
        assertThat(challenge(response)).contains("error=\"invalid_request\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.b.c",
                "...",
                "..",
                "eyJhbGciOiJub25lIn0.e30.",
                "e30.e30.e30",
                "bm8.bm8.bm8",
                "a.b.c.d.e",
                "-",
                "~~~~",
                "not-a-token-that-anyone-issued"
            })
    @Requirement("RFC6750 §3.1")
    default void token_garbage_refusedAsInvalid(String garbage) {
        RawResponse response = get("/contacts", garbage);

        assertRefusal(response, 401);
        assertThat(challenge(response)).contains("error=\"invalid_token\"");
        assertThat(response.toString()).doesNotContain(garbage.length() > 4 ? garbage : "\u0000");
    }

    @Test
    @Requirement("RFC6750 §3.1")
    default void header_twice_refusedInEitherOrder() {
        String good = Client.bearer(reader());
        String bad = "Authorization: Bearer garbage";

        for (String[] lines : new String[][] {{good, bad}, {bad, good}, {good, good}}) {
            RawResponse response = client().get("/contacts", lines);
            assertRefusal(response, 400);
            assertThat(challenge(response)).contains("error=\"invalid_request\"");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4_000, 8_200, 20_000, 200_000})
    default void token_huge_refusedByContainerOrFilter(int length) {
        RawResponse response = get("/contacts", "x".repeat(length));

        assertThat(response.status()).isIn(400, 401, 431);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u0001", "\u007f", "\u001b[31m", "\u00ff"})
    default void header_controlCharacters_refusedByContainerOrFilter(String character) {
        RawResponse response = client().get("/contacts", Client.bearer(tokens().logged() + character));

        assertThat(response.status()).isIn(400, 401);
    }

    @Test
    default void query_tokenInIt_notLookedAt() {
        RawResponse response = client().get("/contacts?access_token=" + reader());

        assertRefusal(response, 401);
        assertThat(challenge(response)).doesNotContain("error");
    }

    /** Every octet once, and what a form would make of it, must not matter. */
    @Test
    default void form_transportOff_bodyReachesTheApplicationOctetByOctet() {
        StringBuilder body = new StringBuilder("access_token=a&access_token=b&note=%zz&=");
        for (char octet = 0; octet < 256; octet++) {
            body.append(octet);
        }
        RawResponse response = client().sendBody(
                        "POST",
                        "/echo/stream",
                        "application/x-www-form-urlencoded",
                        body.toString(),
                        Client.bearer(reader()));

        String octets = HexFormat.of().formatHex(body.toString().getBytes(StandardCharsets.ISO_8859_1));
        assertThat(response.body()).contains("principal=alice", "body=" + octets);
    }

    @Test
    @Requirement("RFC6750 §2.2")
    default void form_transportOff_tokenInItNotLookedAt() {
        RawResponse response = client().sendBody(
                        "POST", "/echo/parameters", "application/x-www-form-urlencoded", "access_token=" + reader());

        assertRefusal(response, 401);
        assertThat(challenge(response)).doesNotContain("error");
    }

    @Test
    default void cookie_tokenInIt_notLookedAt() {
        RawResponse response = client().get("/contacts", "Cookie: access_token=" + reader());

        assertRefusal(response, 401);
    }
}
