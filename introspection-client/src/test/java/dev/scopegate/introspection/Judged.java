package dev.scopegate.introspection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.scopegate.introspection.http.HttpAnswer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What comes of an answer that has to be signed, in a line of text. */
final class Judged {

    private Judged() {}

    /** {@code active}, with what is said of the token; {@code inactive}; or of which kind the failure is, and its message. */
    static String outcome(String contentType, String body, SignedAnswers how, InstantSource clock) {
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

    private static Map<String, Object> saidOfTheToken(Active active) {
        Map<String, Object> said = new TreeMap<>(active.claims());
        said.remove("active");
        return said;
    }
}
