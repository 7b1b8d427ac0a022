package dev.scopegate.introspection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.http.HttpAnswer;
import dev.scopegate.test.MutableClock;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What comes of answers that have to be signed, in a line of text. They are made, and by its clock read, at the same moment. */
final class Judged {

    static final String SIGNED = "application/token-introspection+jwt";

    /** With which answers are signed. */
    static final ECKey KEY = AnswerInTheMaking.ecKey(Curve.P_256);

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    final MutableClock clock = MutableClock.at(NOW);

    /** A good one about an active token, still to be signed. */
    static AnswerInTheMaking answer() {
        return new AnswerInTheMaking(NOW);
    }

    /** The issuer's keys are these. */
    static SignedAnswers by(JWK... keys) {
        return SignedAnswers.by(AnswerInTheMaking.ISSUER, (algorithm, keyId) -> List.of(keys));
    }

    /** {@code active}, with what is said of the token; {@code inactive}; or of which kind the failure is, and its message. */
    String outcome(String contentType, String body, SignedAnswers how) {
        HttpAnswer answer =
                new HttpAnswer(200, contentType, Optional.empty(), Optional.empty(), body.getBytes(US_ASCII));
        try {
            IntrospectionResult result = IntrospectionAnswer.read(
                    answer, new SignedForm(how, AnswerInTheMaking.CLIENT_ID, clock), clock, () -> {});
            return result instanceof Active active ? "active " + saidOfTheToken(active) : "inactive";
        } catch (IntrospectionException refused) {
            return refused.kind() + ": " + refused.getMessage();
        } catch (IOException other) {
            return other.toString();
        }
    }

    String outcome(String body, SignedAnswers how) {
        return outcome(SIGNED, body, how);
    }

    void assertActive(String body, SignedAnswers how) {
        assertThat(outcome(body, how)).isEqualTo("active {sub=alice}");
    }

    void assertRefused(String body, SignedAnswers how, Kind kind, String message) {
        assertThat(outcome(body, how)).isEqualTo(kind + ": " + message);
    }

    void assertMalformed(String body, String message) {
        assertRefused(body, by(KEY), Kind.MALFORMED_ANSWER, message);
    }

    private static Map<String, Object> saidOfTheToken(Active active) {
        Map<String, Object> said = new TreeMap<>(active.claims());
        said.remove("active");
        return said;
    }
}
