package dev.scopegate.bench.http;

import java.util.Locale;

/** The same API twice on one server. */
public enum Api {
    /** With nothing in front of it. */
    BARE,
    /** Behind the filter chain that is measured. */
    PROTECTED;

    /** The context path that it has. */
    String path() {
        return "/" + name().toLowerCase(Locale.ROOT);
    }
}
