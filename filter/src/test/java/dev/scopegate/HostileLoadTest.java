package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.JwksConfigBuilder;
import dev.scopegate.model.Conclusion;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Many bad tokens, and the worst ones: what they cost, and whom they make the server call. */
@Timeout(300)
class HostileLoadTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final int MAX_TOKEN_BYTES = 8_192;
    private static final int MAX_ALLOCATED_BYTES = 64 * 1_024;
    private static final int WARM_UP = 500;
    private static final int MEASURED = 100;

    private Gate gate;

    @BeforeEach
    void open() {
        gate = Gate.of(IssuerConfig.builder(ISSUER.issuer())
                .jwks(JwksConfigBuilder.builder()
                        .refreshInterval(Duration.ofDays(1))
                        .maxStaleness(Duration.ofDays(2))
                        .cooldown(Duration.ofHours(1))
                        .build())
                .build());
        gate.permits(good().sign());
    }

    @AfterEach
    void close() {
        gate.close();
    }

    @Test
    void signatures_tenThousandBadOnesOfAKnownKey_noFetch() {
        int fetches = ISSUER.jwksFetches();
        String token = good().sign();
        String input = token.substring(0, token.lastIndexOf('.') + 1);
        Random random = new Random(37);
        for (int i = 0; i < 10_000; i++) {
            byte[] signature = new byte[256];
            random.nextBytes(signature);
            String forged = input + Base64URL.encode(signature);
            if (i % 1_000 == 0) {
                gate.refuses(forged, RefusalReason.SIGNATURE);
            } else {
                assertThat(gate.judge(forged)).isInstanceOf(Conclusion.Answered.class);
            }
        }

        assertThat(ISSUER.jwksFetches()).isEqualTo(fetches);
        gate.permits(token);
    }

    @Test
    @Requirement("RFC8725 §3.10")
    void issuers_tenThousandUnknownOnes_nobodyCalled() {
        try (Canary canary = new Canary()) {
            int fetches = ISSUER.jwksFetches();
            String header = encoded("{\"alg\":\"RS256\",\"kid\":\"a\"}");
            for (int i = 0; i < 10_000; i++) {
                String claims = "{\"iss\":\"http://%s/tenant-%d\",\"aud\":\"%s\",\"exp\":9999999999}"
                        .formatted(canary.authority(), i, Gate.AUDIENCE);
                String token = header + "." + encoded(claims) + "." + "A".repeat(342);
                if (i % 1_000 == 0) {
                    gate.refuses(token, RefusalReason.ISSUER_UNKNOWN);
                } else {
                    assertThat(gate.judge(token)).isInstanceOf(Conclusion.Answered.class);
                }
            }

            assertThat(canary.connections()).isZero();
            assertThat(ISSUER.jwksFetches()).isEqualTo(fetches);
            gate.permits(good().sign());
        }
    }

    @Test
    void requests_hundredThousandRandomOnes_metersStayFew() {
        try (Canary canary = new Canary()) {
            Random random = new Random(41);
            for (int i = 0; i < 50_000; i++) {
                judgeRandom(random, canary);
            }
            int halfWay = gate.meters().getMeters().size();
            for (int i = 0; i < 50_000; i++) {
                judgeRandom(random, canary);
            }

            assertThat(halfWay).isLessThanOrEqualTo(200);
            assertThat(gate.meters().getMeters()).hasSize(halfWay);
            assertThat(canary.connections()).isZero();
            gate.permits(good().sign());
        }
    }

    private void judgeRandom(Random random, Canary canary) {
        String issuer = random.nextBoolean()
                ? ISSUER.issuer()
                : "http://" + canary.authority() + "/" + Integer.toHexString(random.nextInt());
        String header = "{\"alg\":\"RS256\",\"kid\":\"%x\"}".formatted(random.nextLong());
        String claims = "{\"iss\":\"%s\",\"aud\":\"%s\",\"scope\":\"s%x\",\"exp\":9999999999}"
                .formatted(issuer, Gate.AUDIENCE, random.nextInt());
        String token = encoded(header) + "." + encoded(claims) + "." + "A".repeat(342);
        String method =
                List.of("GET", "POST", "HEAD", "BREW" + random.nextInt()).get(random.nextInt(4));
        String path = List.of("/contacts/", "/", "/contacts;", "//").get(random.nextInt(4))
                + Integer.toHexString(random.nextInt());
        assertThat(gate.judge(method, path, token)).isInstanceOf(Conclusion.Answered.class);
    }

    /** Tokens of the longest length that is looked at, of which nothing has to be decoded. */
    static Stream<Arguments> plainShapes() {
        return Stream.of(
                arguments("dots", ("eyJ" + ".".repeat(MAX_TOKEN_BYTES)).substring(0, MAX_TOKEN_BYTES)),
                arguments("dots between letters", ("eyJ" + ".e".repeat(MAX_TOKEN_BYTES)).substring(0, MAX_TOKEN_BYTES)),
                arguments("opaque", "a".repeat(MAX_TOKEN_BYTES)),
                arguments("opaque with dots", "a.b.".repeat(MAX_TOKEN_BYTES / 4)));
    }

    /** Tokens of that length of which the header or the payload is as large as it can be. */
    static Stream<Arguments> worstShapes() {
        String claims =
                "{\"iss\":\"%s\",\"aud\":\"%s\",\"exp\":9999999999,\"x\":".formatted(ISSUER.issuer(), Gate.AUDIENCE);
        int room = (MAX_TOKEN_BYTES - 600) * 3 / 4 - claims.length();
        return Stream.of(
                arguments("nested arrays", token(claims + "[".repeat(room / 2) + "]".repeat(room / 2) + "}")),
                arguments(
                        "nested objects",
                        token(claims + "{\"a\":".repeat(room / 6) + "1" + "}".repeat(room / 6) + "}")),
                arguments(
                        "nested header",
                        header("{\"alg\":\"RS256\",\"x\":" + "[".repeat(2_800) + "]".repeat(2_800) + "}")),
                arguments("never closed", token(claims + "[".repeat(room))),
                arguments("one long number", token(claims + "9".repeat(room - 1) + "}")),
                arguments("one long fraction", token(claims + "0." + "9".repeat(room - 3) + "}")),
                arguments("high exponents", token(claims + list("1e999999999", room) + "}")),
                arguments("one long text", token(claims + "\"" + "a".repeat(room - 3) + "\"}")),
                arguments("one long text of escapes", token(claims + "\"" + "\\u0041".repeat(room / 6 - 1) + "\"}")),
                arguments("one long name", token(claims + "1,\"" + "a".repeat(room - 8) + "\":1}")),
                arguments("long kid", header("{\"alg\":\"RS256\",\"kid\":\"" + "k".repeat(5_600) + "\"}")),
                arguments("long alg", header("{\"alg\":\"" + "R".repeat(5_600) + "\"}")),
                arguments("long signature", token(claims + "1}") + "A".repeat(6_000)),
                arguments("no end of spaces", token(claims + " ".repeat(room - 2) + "1}")));
    }

    /** Shapes of very many values. */
    static Stream<Arguments> widestShapes() {
        String claims =
                "{\"iss\":\"%s\",\"aud\":\"%s\",\"exp\":9999999999,\"x\":".formatted(ISSUER.issuer(), Gate.AUDIENCE);
        int room = (MAX_TOKEN_BYTES - 600) * 3 / 4 - claims.length();
        return Stream.of(
                arguments("many members", token(claims + "1," + members(room - 3) + "}")),
                arguments("many members in the header", header("{\"alg\":\"RS256\"," + members(5_500) + "}")),
                arguments("many numbers", token(claims + list("1", room) + "}")),
                arguments("many empty objects", token(claims + list("{}", room) + "}")),
                arguments("many empty arrays", token(claims + list("[]", room) + "}")),
                arguments("many texts", token(claims + list("\"\"", room) + "}")),
                arguments("many long numbers", token(claims + list("9".repeat(60), room) + "}")),
                arguments("one name again and again", token(claims + "1" + ",\"x\":1".repeat(room / 6 - 1) + "}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"plainShapes", "worstShapes", "widestShapes"})
    void token_ofTheWorstShape_refused(String name, String token) {
        assertThat(token.length()).isLessThanOrEqualTo(MAX_TOKEN_BYTES);
        gate.refuses(
                token,
                RefusalReason.TOKEN_MALFORMED,
                RefusalReason.ALGORITHM,
                RefusalReason.KEY_UNKNOWN,
                RefusalReason.SIGNATURE,
                RefusalReason.ISSUER_UNKNOWN,
                RefusalReason.TOKEN_ENCRYPTED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plainShapes")
    void token_thatNeedNotBeDecoded_takesLittleMemory(String name, String token) {
        assertThat(allocatedFor(token)).isLessThanOrEqualTo(MAX_ALLOCATED_BYTES);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"worstShapes", "widestShapes"})
    void token_ofTheWorstShape_takesLittleMemory(String name, String token) {
        assertThat(allocatedFor(token)).isLessThanOrEqualTo(MAX_ALLOCATED_BYTES);
    }

    /** What refusing {@code token} allocates on average, in bytes, once the code is warm. */
    private long allocatedFor(String token) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < WARM_UP; i++) {
            gate.judge(token);
        }
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < MEASURED; i++) {
            gate.judge(token);
        }
        long each = (threads.getThreadAllocatedBytes(thread) - before) / MEASURED;
        return each;
    }

    private static TokenBuilder good() {
        return ISSUER.token().scope(Gate.SCOPE);
    }

    private static String token(String claims) {
        String header = "{\"alg\":\"RS256\",\"kid\":\"%s\"}"
                .formatted(ISSUER.signingKey(JWSAlgorithm.RS256).getKeyID());
        return encoded(header) + "." + encoded(claims) + "." + "A".repeat(342);
    }

    private static String header(String header) {
        String claims = "{\"iss\":\"%s\"}".formatted(ISSUER.issuer());
        return encoded(header) + "." + encoded(claims) + "." + "A".repeat(342);
    }

    private static String list(String item, int length) {
        int items = (length - 3) / (item.length() + 1);
        return Stream.generate(() -> item).limit(items).collect(Collectors.joining(",", "[", "]"));
    }

    private static String members(int length) {
        return IntStream.range(0, length / 8)
                .mapToObj(i -> "\"" + Integer.toString(i + 36 * 36, 36) + "\":1")
                .collect(Collectors.joining(","));
    }

    private static String encoded(String text) {
        return Base64URL.encode(text).toString();
    }
}
