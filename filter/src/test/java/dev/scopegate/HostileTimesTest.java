package dev.scopegate;

import dev.scopegate.model.RefusalReason;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times that are no times, and those that overflow somebody's arithmetic; the tokens are signed by the right key. */
@Timeout(30)
class HostileTimesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final MutableClock CLOCK = MutableClock.at(NOW);

    private static RawTokens tokens;

    @BeforeAll
    static void primeServer() {
        tokens = new RawTokens(ISSUER, CLOCK, Duration.ofSeconds(60));
    }

    @AfterAll
    static void closeServer() {
        tokens.close();
    }

    @AfterEach
    void turnClockBack() {
        CLOCK.set(NOW);
    }

    private static String expiring(String exp) {
        return tokens.token("{" + tokens.withoutEnd() + ",\"exp\":" + exp + "}");
    }

    private static String with(String member) {
        return tokens.token(tokens.payload(NOW.getEpochSecond() + 60, member));
    }

    @Test
    @Requirement("RFC7519 §4.1.4")
    void exp_withinTheSkew_permittedAndBehindItRefused() {
        tokens.assertPermitted(expiring("" + (NOW.getEpochSecond() - 30)));
        tokens.assertPermitted(expiring("" + (NOW.getEpochSecond() - 59)));
        tokens.assertInvalid(expiring("" + (NOW.getEpochSecond() - 60)), RefusalReason.EXPIRED);
    }

    @Test
    @Requirement("RFC7519 §2")
    void exp_fractionOfASecond_servesNoLongerThanItSays() {
        tokens.assertPermitted(expiring("1999999999.5"));
        String token = expiring(NOW.getEpochSecond() + 10 + ".5");
        tokens.assertPermitted(token);

        // The token is remembered by now; its end is not rounded for that.
        CLOCK.advance(Duration.ofMillis(70_499));
        tokens.assertPermitted(token);
        CLOCK.advance(Duration.ofMillis(1));
        tokens.assertInvalid(token, RefusalReason.EXPIRED);
    }

    @ParameterizedTest
    @Requirement("RFC7519 §4.1.4")
    @ValueSource(
            strings = {
                "\"1999999999\"",
                "true",
                "false",
                "null",
                "{}",
                "{\"exp\":1999999999}",
                "[]",
                "[1999999999]",
                "1e300",
                "9223372036854775808",
                "9223372036854775807",
                "9223372036854775",
                "9223372036854776",
                "-1",
                "-1999999999",
                "-9223372036854775808",
                "-1e300",
                "0",
                "-0.0",
                "1e-400",
                "253402300800",
                "18446744075709551615"
            })
    void exp_noTimeOrOneLongAgo_refused(String exp) {
        tokens.assertInvalid(expiring(exp), RefusalReason.EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e309", "-1e309", "1e1000000000", "NaN", "Infinity", "01999999999"})
    void exp_noNumberOfJson_refused(String exp) {
        tokens.assertInvalid(expiring(exp), RefusalReason.TOKEN_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1999999999", "1.999999999e9", "1999999999.0", "253402300799", "253402300799.9"})
    void exp_timeToCome_permitted(String exp) {
        tokens.assertPermitted(expiring(exp));
    }

    @Test
    void exp_missing_refused() {
        tokens.assertInvalid(tokens.token("{" + tokens.withoutEnd() + "}"), RefusalReason.EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "true", "{}", "[1]", "-1", "1e300", "253402300800", "9223372036854775808"})
    void nbfAndIat_noTime_refused(String time) {
        tokens.assertInvalid(with("\"nbf\":" + time), RefusalReason.CLAIM);
        tokens.assertInvalid(with("\"iat\":" + time), RefusalReason.CLAIM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "null", "1", "1.5", "1795262400"})
    void nbfAndIat_timeThatIsPastOrNone_permitted(String time) {
        tokens.assertPermitted(with("\"nbf\":" + time));
        tokens.assertPermitted(with("\"iat\":" + time));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1795262461", "1999999999", "253402300799"})
    void nbfAndIat_timeToCome_refused(String time) {
        tokens.assertInvalid(with("\"nbf\":" + time), RefusalReason.NOT_YET_VALID);
        tokens.assertInvalid(with("\"iat\":" + time), RefusalReason.NOT_YET_VALID);
    }

    @ParameterizedTest
    @CsvSource({"2038-01-19T03:14:08Z", "2106-02-07T06:28:16Z", "2262-04-11T23:47:17Z"})
    void clock_whereNarrowNumbersOverflow_judgedAsEver(Instant later) {
        CLOCK.set(later);

        tokens.assertPermitted(expiring("" + (later.getEpochSecond() + 60)));
        tokens.assertPermitted(tokens.token(tokens.payload(
                later.getEpochSecond() + 60,
                "\"nbf\":" + later.getEpochSecond(),
                "\"iat\":" + later.getEpochSecond())));
        tokens.assertInvalid(expiring("" + (later.getEpochSecond() - 61)), RefusalReason.EXPIRED);
        tokens.assertInvalid(expiring("" + NOW.getEpochSecond()), RefusalReason.EXPIRED);
    }
}
