package dev.scopegate;

import static dev.scopegate.model.RefusalReason.ALGORITHM;
import static dev.scopegate.model.RefusalReason.CREDENTIALS_MALFORMED;
import static dev.scopegate.model.RefusalReason.SIGNATURE;
import static dev.scopegate.model.RefusalReason.TOKEN_ENCRYPTED;
import static dev.scopegate.model.RefusalReason.TOKEN_MALFORMED;
import static dev.scopegate.model.RefusalReason.TOKEN_TOO_LARGE;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tokens that are written wrongly, in their parts, their base64url or their UTF-8. Each is signed by the right key, so that
 * nothing but the writing can refuse it. None may take long: a test has a thousand times as long as all of its rows need.
 */
@Timeout(30)
class HostileEncodingTest {

    private static final long END = 4_102_444_800L;

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static RawTokens tokens;
    private static String header;
    private static String payload;
    private static String signature;

    @BeforeAll
    static void primeServer() {
        tokens = new RawTokens(ISSUER, Clock.systemUTC(), Duration.ofSeconds(30));
        String[] parts = tokens.token(tokens.payload(END)).split("\\.", -1);
        header = parts[0];
        payload = parts[1];
        signature = parts[2];
    }

    @AfterAll
    static void closeServer() {
        tokens.close();
    }

    /** The parts of a good token in place of the letters H, P and S. */
    private static String filled(String pattern) {
        return pattern.chars()
                .mapToObj(c -> c == 'H' ? header : c == 'P' ? payload : c == 'S' ? signature : Character.toString(c))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @Requirement("RFC7515 §7.1")
    @ValueSource(
            strings = {
                ".P.S",
                "H..S",
                "H.P.",
                "H.P",
                "H.",
                "H",
                "P.S",
                ".P.",
                "H..",
                ".H.P.S",
                "H.P.S.",
                "H..P.S",
                "H.P.S.S",
                "H.P.S.H.P.S",
                "H.P.S.H.P.S.H",
                "H.P.PS",
                "HP.S",
                "S.P.H",
                "..",
                ".",
                "..."
            })
    void parts_notThreeInTheirOrder_refused(String pattern) {
        tokens.assertInvalid(filled(pattern), TOKEN_MALFORMED);
        tokens.assertPermitted(filled("H.P.S"));
    }

    @Test
    void parts_exchanged_refused() {
        tokens.assertInvalid(filled("P.H.S"), ALGORITHM);
    }

    @Test
    void parts_five_refusedAsEncrypted() {
        tokens.assertInvalid(filled("H.P.S.P.S"), TOKEN_ENCRYPTED);
        tokens.assertInvalid(filled("H...."), TOKEN_ENCRYPTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"protected\":\"H\",\"payload\":\"P\",\"signature\":\"S\"}",
                "{\"payload\":\"P\",\"signatures\":[{\"protected\":\"H\",\"signature\":\"S\"}]}"
            })
    void parts_inJson_refused(String pattern) {
        tokens.assertMalformed(filled(pattern), CREDENTIALS_MALFORMED);
    }

    @Test
    void parts_thousands_refused() {
        for (int dots : List.of(10_000, 60_000)) {
            String many = ".".repeat(dots);
            tokens.assertInvalid(many, TOKEN_MALFORMED);
            tokens.assertInvalid(header + many, TOKEN_MALFORMED);
            tokens.assertInvalid("a.".repeat(dots / 2), TOKEN_MALFORMED);
        }
        tokens.assertMalformed(".".repeat(65_537), TOKEN_TOO_LARGE);
    }

    @Test
    @Requirement("RFC7515 §2")
    void base64_otherAlphabetOrPadding_refused() {
        // Written so that both spare characters come up, and both lengths that would be padded.
        String json = tokens.payload(END, "\"x\":\"???>>>\"", "\"y\":\"??>>~~\"");
        byte[] octets = (json.length() % 3 == 0 ? json + " " : json).getBytes(StandardCharsets.UTF_8);
        String good = Base64URL.encode(octets).toString();
        String standard = Base64.getEncoder().withoutPadding().encodeToString(octets);
        String padded = Base64.getUrlEncoder().encodeToString(octets);

        tokens.assertPermitted(tokens.signed(header, good));
        tokens.assertInvalid(tokens.signed(header, standard), TOKEN_MALFORMED);
        // A pad that is not at the very end is outside the field's grammar already.
        tokens.assertMalformed(tokens.signed(header, padded), CREDENTIALS_MALFORMED);
        tokens.assertMalformed(filled("H=.P.S"), CREDENTIALS_MALFORMED);
        tokens.assertInvalid(filled("H.P.S=="), TOKEN_MALFORMED);
        tokens.assertInvalid(filled("H.P.") + "+" + signature.substring(1), TOKEN_MALFORMED);
        tokens.assertInvalid(filled("H.P.") + "/" + signature.substring(1), TOKEN_MALFORMED);
        tokens.assertInvalid("+" + filled("H.P.S"), TOKEN_MALFORMED);
        tokens.assertInvalid(tokens.signed("/" + header.substring(1), payload), TOKEN_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", "\n", "\r\n", "\f", "\0", "#", "?", "%", "\"", "é", "\u00a0", "\u212a", "Ａ"})
    void base64_foreignCharacter_refused(String foreign) {
        for (String pattern : List.of("H*.P.S", "H.*P.S", "H.P*.S", "H.P.*S")) {
            tokens.assertMalformed(filled(pattern).replace("*", foreign), CREDENTIALS_MALFORMED);
        }
        String half = payload.substring(0, 10);
        tokens.assertMalformed(tokens.signed(header, half + foreign + payload.substring(10)), CREDENTIALS_MALFORMED);
    }

    @Test
    @Requirement("RFC4648 §3.5")
    void base64_bitsThatBelongToNoOctet_refused() {
        for (int blanks = 0; blanks < 3; blanks++) {
            String text = encoded(tokens.payload(END) + " ".repeat(blanks));
            String head = encoded(tokens.header() + " ".repeat(blanks));

            tokens.assertPermitted(tokens.signed(head, text));
            if (text.length() % 4 != 0) {
                tokens.assertInvalid(tokens.signed(head, sibling(text)), TOKEN_MALFORMED);
            }
            if (head.length() % 4 != 0) {
                tokens.assertInvalid(tokens.signed(sibling(head), text), TOKEN_MALFORMED);
            }
        }
        // The token itself is remembered by now; its twin is another text, and no second entry for the same octets.
        tokens.assertPermitted(filled("H.P.S"));
        tokens.assertInvalid(filled("H.P.") + sibling(signature), TOKEN_MALFORMED);
    }

    private static String encoded(String text) {
        return Base64URL.encode(text).toString();
    }

    /** The text whose last character has another of the bits that a lenient decoder throws away. */
    private static String sibling(String text) {
        int last = text.length() - 1;
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return text.substring(0, last) + alphabet.charAt(alphabet.indexOf(text.charAt(last)) + 1);
    }

    @Test
    void base64_lengthThatNoEncoderMakes_refused() {
        String whole =
                encoded(tokens.payload(END) + " ".repeat(3 - tokens.payload(END).length() % 3));

        tokens.assertPermitted(tokens.signed(header, whole));
        tokens.assertInvalid(tokens.signed(header, whole + "I"), TOKEN_MALFORMED);
        tokens.assertInvalid(filled("H.P.A"), TOKEN_MALFORMED);
    }

    @Test
    void signature_farTooLong_refused() {
        String es256 = encoded("{\"alg\":\"ES256\",\"kid\":\""
                + ISSUER.signingKey(JWSAlgorithm.ES256).getKeyID() + "\"}");

        tokens.assertInvalid(es256 + "." + payload + "." + "A".repeat(21_832), SIGNATURE);
        tokens.assertInvalid(filled("H.P.") + "A".repeat(60_000), SIGNATURE);
        tokens.assertInvalid(filled("H.P.S") + "A".repeat(60_000 - signature.length()), SIGNATURE);
        tokens.assertInvalid(filled("H.P.AA"), SIGNATURE);
    }

    @ParameterizedTest
    @Requirement("RFC8725 §3.7")
    @CsvSource({"ff", "80", "c3", "c0af", "e080af", "eda080", "eda0bdedb880", "f4908080", "e9"})
    void utf8_invalid_refused(String hex) {
        tokens.assertInvalid(spliced(hex, "", "{\"a\":\"*\","), TOKEN_MALFORMED);
        tokens.assertInvalid(spliced("", hex, "{\"a\":\"*\","), TOKEN_MALFORMED);
        tokens.assertInvalid(spliced("", hex, "{\"*\":1,"), TOKEN_MALFORMED);
        tokens.assertInvalid(spliced("", hex, "{*"), TOKEN_MALFORMED);
        tokens.assertInvalid(spliced("", hex, "*{"), TOKEN_MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({"c3a9", "e282ac", "f09f9880", "efbfbd", "7f"})
    void utf8_valid_permitted(String hex) {
        tokens.assertPermitted(spliced(hex, "", "{\"a\":\"*\","));
        tokens.assertPermitted(spliced("", hex, "{\"a\":\"*\","));
        tokens.assertPermitted(spliced("", hex, "{\"*\":1,"));
    }

    /** A token whose header and payload begin as {@code start} says, with these octets in place of the star. */
    private static String spliced(String headerHex, String payloadHex, String start) {
        return tokens.token(octets(tokens.header(), headerHex, start), octets(tokens.payload(END), payloadHex, start));
    }

    private static byte[] octets(String json, String hex, String start) {
        if (hex.isEmpty()) {
            return json.getBytes(StandardCharsets.UTF_8);
        }
        int star = start.indexOf('*');
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.writeBytes(start.substring(0, star).getBytes(StandardCharsets.UTF_8));
        octets.writeBytes(HexFormat.of().parseHex(hex));
        octets.writeBytes((start.substring(star + 1) + json.substring(1)).getBytes(StandardCharsets.UTF_8));
        return octets.toByteArray();
    }
}
