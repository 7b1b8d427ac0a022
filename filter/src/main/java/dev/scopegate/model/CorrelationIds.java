package dev.scopegate.model;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Names for decisions, by which a client's report is found in the log. No secrets: being told apart is all they do. */
public final class CorrelationIds {

    /** The name of what is in no log. */
    public static final String NONE = "0000000000000000";

    private CorrelationIds() {}

    /** A fresh one: sixteen hexadecimal digits. */
    public static String next() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
