package dev.scopegate;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Names for refusals, by which a client's report is found in the log. No secrets: being told apart is all they do. */
final class CorrelationIds {

    /** The name of what is in no log. */
    static final String NONE = "0000000000000000";

    private CorrelationIds() {}

    static String next() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
