package dev.scopegate.test.matrix;

import dev.scopegate.test.TestIssuer;
import java.util.List;

/**
 * One request of the matrix, and what has to be answered. Immutable; what it does to the issuer it undoes.
 *
 * @see HostileCases
 */
public final class HostileCase {

    private static final int FURTHER_TRIES = 5;
    private static final long LONGEST_WAIT_SECONDS = 1;

    /** Makes a request when it is to be sent: tokens do not keep. */
    @FunctionalInterface
    interface Maker {
        ApiRequest make(TestIssuer issuer);
    }

    /** What happens to the issuer around a request. */
    enum Weather {
        /** Nothing. */
        FAIR,
        /** It is down while the request is judged. */
        OUTAGE
    }

    private final String name;
    private final Expected expected;
    private final Weather weather;
    private final Maker maker;

    HostileCase(String name, Expected expected, Weather weather, Maker maker) {
        this.name = name;
        this.expected = expected;
        this.weather = weather;
        this.maker = maker;
    }

    /** What is sent, in words, such as {@code claims: no exp}. */
    public String name() {
        return name;
    }

    /** What has to come back. */
    public Expected expected() {
        return expected;
    }

    /**
     * Sends the request and judges the answer. A good request that is answered with 503 is sent again, some seconds long.
     *
     * @param issuer the issuer that the API under test trusts; it may be stopped meanwhile, and is running afterwards
     * @throws AssertionError if the answer is not what it has to be; says what was sent, what is wrong and what came, never what the
     *     token was
     */
    public void judge(TestedApi api, TestIssuer issuer) throws Exception {
        ApiRequest request = maker.make(issuer);
        ApiAnswer answer = answer(api, issuer, request);
        for (int i = 0; i < FURTHER_TRIES && isNotReady(answer); i++) {
            Thread.sleep(Math.min(retryAfter(answer), LONGEST_WAIT_SECONDS) * 1_000);
            answer = answer(api, issuer, request);
        }
        List<String> complaints = expected.complaints(answer);
        if (!complaints.isEmpty()) {
            throw new AssertionError(String.join(
                    System.lineSeparator(),
                    name + ": " + String.join("; ", complaints),
                    "  sent:     " + request.inWords()
                            + (weather == Weather.OUTAGE ? " (while the issuer is down)" : ""),
                    "  expected: " + expected.inWords(),
                    "  came:     " + answer.inWords()));
        }
    }

    /** Whether an API that has only just started does not know the keys yet, and says so. */
    private boolean isNotReady(ApiAnswer answer) {
        return expected == Expected.PASSES && weather == Weather.FAIR && answer.status() == 503;
    }

    private static long retryAfter(ApiAnswer answer) {
        return answer.field("Retry-After").stream()
                .filter(seconds -> seconds.matches("[0-9]{1,9}"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(LONGEST_WAIT_SECONDS);
    }

    private ApiAnswer answer(TestedApi api, TestIssuer issuer, ApiRequest request) throws Exception {
        if (weather != Weather.OUTAGE) {
            return api.send(request);
        }
        issuer.stop();
        try {
            return api.send(request);
        } finally {
            issuer.restart();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
