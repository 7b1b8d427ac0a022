package dev.scopegate;

import static dev.scopegate.model.RefusalReason.ISSUER_UNKNOWN;
import static dev.scopegate.model.RefusalReason.TOKEN_MALFORMED;
import static dev.scopegate.model.RefusalReason.TOKEN_TOO_LARGE;

import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.Vectors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tokens whose JSON two readers may read differently, or one only at great cost. Each is signed by the right key, so that nothing
 * but its JSON can refuse it. None may take long: a test has a thousand times as long as all of its rows need.
 */
@Timeout(30)
class HostileJsonTest {

    private static final long END = 4_102_444_800L;

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static RawTokens tokens;

    @BeforeAll
    static void primeServer() {
        tokens = new RawTokens(ISSUER, Clock.systemUTC(), Duration.ofSeconds(30));
    }

    @AfterAll
    static void closeServer() {
        tokens.close();
    }

    /** A token with further members in its payload. */
    private static String with(String... members) {
        return tokens.token(tokens.payload(END, members));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "\\ude00", "\\ude00\\ud83d", "\\ud83d\\u0041"})
    void halfASurrogatePair_refused(String half) {
        tokens.assertInvalid(with("\"x\":\"" + half + "\""), TOKEN_MALFORMED);
        tokens.assertInvalid(with("\"" + half + "\":1"), TOKEN_MALFORMED);
        tokens.assertPermitted(with("\"x\":\"\\ud83d\\ude00\""));
    }

    @ParameterizedTest
    @Requirement("RFC7515 §4")
    @ValueSource(
            strings = {
                "{\"alg\":\"RS256\",\"alg\":\"none\",",
                "{\"alg\":\"none\",\"alg\":\"RS256\",",
                "{\"alg\":\"RS256\",\"alg\":\"RS256\",",
                "{\"alg\":\"RS256\",\"\\u0061lg\":\"none\",",
                "{\"alg\":\"RS256\",\"alg\":null,",
                "{\"alg\":\"RS256\",\"kid\":\"x\",",
                "{\"alg\":\"RS256\",\"crit\":null,\"crit\":[\"b64\"],",
                "{\"alg\":\"RS256\",\"x\":{\"y\":1,\"y\":2},"
            })
    void headerParameterTwice_refused(String start) {
        String kid = tokens.header().substring(tokens.header().indexOf("\"kid\""));

        tokens.assertInvalid(tokens.token(start + kid, tokens.payload(END)), TOKEN_MALFORMED);
        tokens.assertPermitted(tokens.token("{\"alg\":\"RS256\"," + kid, tokens.payload(END)));
    }

    @ParameterizedTest
    @Requirement("RFC7519 §4")
    @ValueSource(
            strings = {
                "\"sub\":\"bob\"",
                "\"sub\":\"alice\"",
                "\"sub\":null",
                "\"s\\u0075b\":\"bob\"",
                "\"aud\":\"https://api.example.com/contacts\"",
                "\"aud\":[]",
                "\"scope\":\"read:contacts delete:contacts\"",
                "\"scope\":\"\"",
                "\"exp\":4102444801",
                "\"exp\":1",
                "\"x\":1,\"x\":1",
                "\"x\":{\"y\":1,\"y\":1}",
                "\"x\":[{\"y\":1,\"\\u0079\":1}]"
            })
    void claimTwice_refusedInEitherOrder(String again) {
        tokens.assertInvalid(with(again), TOKEN_MALFORMED);
        tokens.assertInvalid(tokens.token("{" + again + "," + tokens.members(END) + "}"), TOKEN_MALFORMED);
        tokens.assertPermitted(with("\"x\":{\"sub\":\"bob\",\"exp\":1}"));
    }

    @Test
    void issuerTwice_refusedInEitherOrder() {
        String evil = "\"iss\":\"https://evil.example.com\"";
        // The first one chooses the keys; that there is a second one is seen as soon as the signature is verified.
        tokens.assertInvalid(with(evil), TOKEN_MALFORMED);
        tokens.assertInvalid(tokens.token("{" + evil + "," + tokens.members(END) + "}"), ISSUER_UNKNOWN);
    }

    @Test
    void abyss_refusedAndTheThreadGoesOn() {
        // The greatest token that can be configured; deeper ones are too long to be read at all.
        String lists = "\"x\":" + "[".repeat(23_000) + "]".repeat(23_000);
        String objects = "\"x\":" + "{\"x\":".repeat(7_000) + "1" + "}".repeat(7_000);

        for (String deep : List.of(lists, objects, "\"x\":" + "[".repeat(47_000))) {
            tokens.assertInvalid(with(deep), TOKEN_MALFORMED);
            tokens.assertInvalid(
                    tokens.token("{" + deep + "," + tokens.header().substring(1), tokens.payload(END)),
                    TOKEN_MALFORMED);
        }
        tokens.assertMalformed(with("\"x\":" + "[".repeat(100_000) + "]".repeat(100_000)), TOKEN_TOO_LARGE);
        // The claims themselves are the first of the 32 levels.
        tokens.assertPermitted(with("\"x\":" + "[".repeat(31) + "]".repeat(31)));
        tokens.assertInvalid(with("\"x\":" + "[".repeat(32) + "]".repeat(32)), TOKEN_MALFORMED);
    }

    @Test
    void members_asManyAsAllowedAndNoMore() {
        String[] members = new String[995];
        for (int i = 0; i < members.length; i++) {
            members[i] = "\"" + i + "\":1";
        }

        tokens.assertPermitted(with(members));
        tokens.assertInvalid(with(String.join(",", members), "\"x\":1"), TOKEN_MALFORMED);
    }

    @ParameterizedTest
    @Requirement("RFC7519 §7.2")
    @ValueSource(strings = {"[]", "[{}]", "\"str\"", "1", "null", "true", " ", "{", "}", "[\"iss\",1]"})
    void noObject_refused(String json) {
        tokens.assertInvalid(tokens.token(json), TOKEN_MALFORMED);
        tokens.assertInvalid(tokens.token(json, tokens.payload(END)), TOKEN_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", " x", "\0", ",", "}", " null", "/**/", "#", "\ufeff"})
    void somethingBehindTheObject_refused(String tail) {
        tokens.assertInvalid(tokens.token(tokens.payload(END) + tail), TOKEN_MALFORMED);
        tokens.assertInvalid(tokens.token(tokens.payload(END) + tokens.payload(END)), TOKEN_MALFORMED);
        tokens.assertInvalid(tokens.token(tokens.header() + tail, tokens.payload(END)), TOKEN_MALFORMED);
        tokens.assertPermitted(tokens.token(tokens.header() + "\n", tokens.payload(END) + " \r\n\t"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'x':1",
                "\"x\":'1'",
                "x:1",
                "\"x\":1,",
                "\"x\":[1,]",
                "\"x\":NaN",
                "\"x\":-Infinity",
                "\"x\":+1",
                "\"x\":0x1",
                "\"x\":01",
                "\"x\":.5",
                "\"x\":1.",
                "\"x\":True",
                "\"x\":1 /* c */",
                "// c\n\"x\":1",
                "\"x\"=1",
                "\"x\":1;",
                "\"x\":\"\t\"",
                "\"x\":\"\\x41\"",
                "\"x\":\"\\\n\"",
                "\"x\":undefined",
                "\"x\":",
                "\"x\"",
                "1:1",
                ""
            })
    void lenient_refused(String member) {
        tokens.assertInvalid(with(member), TOKEN_MALFORMED);
        tokens.assertPermitted(with("\"x\":1"));
    }

    @Test
    void wholeTestSuiteAsAClaim_readOrRefusedAsEachSays() throws IOException {
        try (Stream<Path> listed = Files.list(Vectors.folder("json-test-suite/test_parsing"))) {
            for (Path file :
                    listed.filter(path -> path.toFile().length() < 40_000).toList()) {
                ByteArrayOutputStream octets = new ByteArrayOutputStream();
                octets.writeBytes(("{" + tokens.members(END) + ",\"x\":").getBytes(StandardCharsets.UTF_8));
                octets.writeBytes(Files.readAllBytes(file));
                octets.write('}');
                String token = tokens.token(tokens.header().getBytes(StandardCharsets.UTF_8), octets.toByteArray());
                String name = file.getFileName().toString();
                if (name.startsWith("n_") || name.startsWith("y_object_duplicated_key")) {
                    tokens.assertInvalid(token, TOKEN_MALFORMED);
                } else if (name.startsWith("y_")) {
                    tokens.assertPermitted(token);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat", "x"})
    void longNumbers_refused(String name) {
        String claim = name.equals("exp") ? "\"exp\":" : "\"exp\":" + END + ",\"" + name + "\":";
        for (String number : List.of(
                "1".repeat(40_000),
                "-" + "9".repeat(40_000),
                "0." + "0".repeat(40_000) + "1",
                "1e" + "9".repeat(40_000),
                "1e1000000000",
                "1e-" + "9".repeat(100),
                "1".repeat(65))) {
            tokens.assertInvalid(tokens.token("{" + tokens.withoutEnd() + "," + claim + number + "}"), TOKEN_MALFORMED);
        }
        tokens.assertMalformed(with("\"y\":" + "1".repeat(100_000)), TOKEN_TOO_LARGE);
        tokens.assertPermitted(with("\"y\":" + "1".repeat(64)));
    }
}
