package dev.scopegate.sample.playground;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether an answer is what it has to be, by status and challenge. */
final class Expectation {

    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]*");
    private static final Set<String> OF_NO_INTEREST = Set.of("connection", "date", "transfer-encoding", "keep-alive");

    private Expectation() {}

    static boolean holds(Break.Must must, Wire.Received answer) {
        String challenge = answer.all("WWW-Authenticate");
        boolean error = must.error()
                .map(code -> challenge.contains("error=\"" + code + "\""))
                .orElseGet(() -> !challenge.contains("error="));
        return answer.status() == must.status() && error && fits(answer, challenge);
    }

    /** RFC 9110 §11.6.1 and §15.6.4: a 401 asks for credentials; who cannot know does not, and says when to come back. */
    private static boolean fits(Wire.Received answer, String challenge) {
        return switch (answer.status()) {
            case 401 -> challenge.startsWith("Bearer ");
            case 503 ->
                challenge.isEmpty()
                        && SECONDS.matcher(answer.all("Retry-After")).matches();
            default -> true;
        };
    }

    /** The answer without the fields that tell nothing. */
    static Wire.Received shown(Wire.Received answer) {
        return new Wire.Received(
                answer.status(),
                answer.fields().stream()
                        .filter(field -> !OF_NO_INTEREST.contains(field.name().toLowerCase(Locale.ROOT)))
                        .toList(),
                answer.body(),
                answer.tookMillis());
    }
}
