package dev.scopegate.test.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What has to come back. */
public enum Expected {
    /** The request goes on: a status of the 200s, no challenge, and the code behind the filter ran. */
    PASSES(Set.of(), ""),
    /** No credentials were presented: 401, a challenge without {@code error} (RFC 6750 §3.1). */
    NO_CREDENTIALS(Set.of(401), ""),
    /** Credentials were presented wrongly: 400, {@code invalid_request}. */
    MALFORMED(Set.of(400), "invalid_request"),
    /** Too long to be looked at: as malformed, or refused by the container before, which challenges nobody. */
    TOO_LARGE(Set.of(400, 431), "invalid_request"),
    /** The token is no good: 401, {@code invalid_token}. */
    BAD_TOKEN(Set.of(401), "invalid_token"),
    /** The token has too little: 403, {@code insufficient_scope}, and which scopes are needed. */
    TOO_LITTLE(Set.of(403), "insufficient_scope"),
    /** The path can be read in two ways: 400 without a challenge, be it the filter's or the container's. */
    AMBIGUOUS(Set.of(400), "");

    @SuppressWarnings("ImmutableEnumChecker") // Made by Set.of.
    private final Set<Integer> statuses;

    private final String error;

    Expected(Set<Integer> statuses, String error) {
        this.statuses = statuses;
        this.error = error;
    }

    /** What has to come back, in one line. */
    String inWords() {
        if (this == PASSES) {
            return "a status of the 200s, no challenge, and the code behind the filter runs";
        }
        String codes = statuses.stream().sorted().map(String::valueOf).collect(Collectors.joining(" or "));
        return codes + (error.isEmpty() ? ", no error code" : ", error=\"" + error + "\"")
                + ", and no code behind the filter runs";
    }

    /** What is wrong with {@code answer}, in words; empty if it is as it has to be. */
    List<String> complaints(ApiAnswer answer) {
        List<String> complaints = new ArrayList<>();
        List<String> challenges = answer.field("WWW-Authenticate");
        Optional<String> bearer =
                challenges.stream().filter(line -> line.startsWith("Bearer")).findFirst();
        if (this == PASSES) {
            add(complaints, answer.status() < 200 || answer.status() > 299, "status " + answer.status() + ", not 2xx");
            add(complaints, !challenges.isEmpty(), "a challenge beside a success");
            add(complaints, !answer.handled(), "the code behind the filter did not run");
            return complaints;
        }
        add(complaints, !statuses.contains(answer.status()), "status " + answer.status() + ", not one of " + statuses);
        add(complaints, answer.handled(), "the code behind the filter ran");
        if (answer.status() == 401 || answer.status() == 403) {
            add(complaints, bearer.isEmpty(), "no challenge of the scheme Bearer");
        }
        String said = bearer.orElse("");
        if (error.isEmpty()) {
            add(complaints, said.contains("error="), "an error code where there was nothing to be wrong");
        } else if (this != TOO_LARGE || bearer.isPresent()) {
            add(complaints, !said.contains("error=\"" + error + "\""), "no error=\"" + error + "\"");
        }
        add(complaints, this == TOO_LITTLE && !said.contains("scope=\""), "does not say which scopes");
        return complaints;
    }

    private static void add(List<String> complaints, boolean wrong, String complaint) {
        if (wrong) {
            complaints.add(complaint);
        }
    }
}
