package dev.scopegate.container.differential;

import dev.scopegate.container.Client;
import dev.scopegate.container.RawResponse;
import java.util.ArrayList;
import java.util.List;

/** Request lines sent to one server, one after the other, and what was wrong with what came of them. */
final class Attempts {

    /** The server hung up, or spoke no HTTP/1. */
    private static final int NONE = 0;

    private final Client client;
    private final Journal journal;
    private final boolean restIsPublic;
    private final List<String> failures = new ArrayList<>();

    Attempts(Client client, Journal journal, boolean restIsPublic) {
        this.client = client;
        this.journal = journal;
        this.restIsPublic = restIsPublic;
    }

    /** Sends one line as one caller. */
    void make(RequestLine line, Caller caller) {
        int status = client.line(line.to(client), caller.lines())
                .map(RawResponse::status)
                .orElse(NONE);
        List<Journal.Entry> entered = journal.take();
        if (!isRight(line, caller, status, entered)) {
            failures.add("[%s] '%s' with %s: status %d, entered %s, but it was to be %s %s"
                    .formatted(
                            line.group(),
                            brief(line.to(client)),
                            caller.name(),
                            status,
                            entered,
                            line.outcome(),
                            line.servlet()));
        }
    }

    /** One line for each that was wrong. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    private boolean isRight(RequestLine line, Caller caller, int status, List<Journal.Entry> entered) {
        boolean allowed = entered.stream().allMatch(entry -> caller.may(Area.of(entry), restIsPublic));
        return allowed
                && switch (line.outcome()) {
                    case JUDGED -> true;
                    case REFUSED -> entered.isEmpty() && status / 100 != 2;
                    case OPEN -> isEntry(line, status, entered);
                    case REACHES -> reaches(line, caller, status, entered);
                };
    }

    private static boolean reaches(RequestLine line, Caller caller, int status, List<Journal.Entry> entered) {
        if (caller.scopes().isEmpty()) {
            return entered.isEmpty() && status == 401;
        }
        return isEntry(line, status, entered) || (!caller.isUnlimited() && entered.isEmpty() && status == 403);
    }

    private static boolean isEntry(RequestLine line, int status, List<Journal.Entry> entered) {
        return status == 200 && entered.size() == 1 && entered.get(0).servlet().equals(line.servlet());
    }

    private static String brief(String line) {
        return line.length() < 200 ? line : line.substring(0, 80) + "…(" + line.length() + " characters)";
    }
}
