package dev.scopegate.test.matrix;

import dev.scopegate.test.TestIssuer;
import java.util.List;

/**
 * One request of the matrix, and what has to be answered. Immutable; what it does to the issuer it undoes.
 *
 * @see HostileCases
 */
public final class HostileCase {

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
     * Sends the request and judges the answer.
     *
     * @param issuer the issuer that the API under test trusts; it may be stopped meanwhile, and is running afterwards
     * @throws AssertionError if the answer is not what it has to be; says what is wrong, never what the token was
     */
    public void judge(TestedApi api, TestIssuer issuer) throws Exception {
        List<String> complaints = expected.complaints(answer(api, issuer));
        if (!complaints.isEmpty()) {
            throw new AssertionError(name + " has to be " + expected + ": " + String.join("; ", complaints));
        }
    }

    private ApiAnswer answer(TestedApi api, TestIssuer issuer) throws Exception {
        ApiRequest request = maker.make(issuer);
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
