package dev.scopegate.model;

import java.util.List;
import java.util.Optional;

/**
 * Why a request is decided as it is: for the people who run an API, never for its clients, since it says what a refusal
 * withholds from them. Holds values of claims, which are personal data, but never the token.
 *
 * <p>Immutable.
 *
 * @param decision the decision, with the rule that applies
 * @param lessSpecific the other rules that name the request, which would apply without it, in that order
 * @param checks what was looked at, in order; nothing after the first that did not hold
 * @param answer what the client gets where the decision is enforced; empty if the request goes on
 */
public record Explanation(
        Decision decision, List<RouteRequirement> lessSpecific, List<Check> checks, Optional<Answer> answer) {

    private static final int MAX_CHARACTERS = 64;

    public Explanation {
        lessSpecific = List.copyOf(lessSpecific);
        checks = List.copyOf(checks);
    }

    /** What became of a check. */
    public enum Outcome {
        /** It held. */
        PASSED,
        /** It did not hold, and is the reason of the refusal. */
        FAILED,
        /** Nobody can know now whether it holds. */
        UNDECIDED,
        /** One before it did not hold. */
        NOT_REACHED
    }

    /**
     * One check.
     *
     * @param name what was looked at, such as {@code aud} or {@code scopes}
     * @param expected what had to be there, in words
     * @param actual what was there: printable ASCII, all else escaped, cut to 64 characters; empty where the check was not
     *     reached
     */
    public record Check(String name, String expected, String actual, Outcome outcome) {

        public Check {
            // A token may hold anything: a line break would forge lines of a log, an escape would steer a terminal.
            actual = printable(actual);
        }
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String next = c >= ' ' && c <= '~' && c != '\\' ? String.valueOf(c) : "\\u%04x".formatted((int) c);
            if (printable.length() + next.length() > MAX_CHARACTERS - (i + 1 < text.length() ? 3 : 0)) {
                return printable.append("...").toString();
            }
            printable.append(next);
        }
        return printable.toString();
    }
}
