package dev.scopegate.container.differential;

import dev.scopegate.container.Client;

/**
 * One row of the table: a request line, and what is to come of it.
 *
 * @param group what kind of trick it is; begins with the number of the hostile input where there is one
 * @param template the line, in which {@code {ctx}} stands for the context path and {@code {port}} for the port;
 *     characters up to U+00FF, each one octet
 * @param outcome what is to come of it, beside what holds for all
 * @param servlet which servlet is to be entered; empty where the outcome names none
 */
record RequestLine(String group, String template, Outcome outcome, String servlet) {

    /** What is to come of a request line. For all of them: nothing is entered that the token is not for. */
    enum Outcome {
        /** A plain spelling: it reaches its servlet with the token, and is answered 401 without one. */
        REACHES,
        /** A plain spelling of a public path: it reaches its servlet without a token. */
        OPEN,
        /** Two readers may understand it differently: nothing is entered, whatever the token. */
        REFUSED,
        /** Containers differ about it; it is enough that the path which one dispatches is the path that was judged. */
        JUDGED
    }

    /** The line for one server. */
    String to(Client client) {
        return template.replace("{ctx}", client.contextPath()).replace("{port}", String.valueOf(client.port()));
    }

    /** The same line with another outcome. */
    RequestLine with(Outcome other) {
        return new RequestLine(group, template, other, "");
    }

    /** Whether part of it is percent-encoded. */
    boolean isEncoded() {
        return template.contains("%");
    }
}
