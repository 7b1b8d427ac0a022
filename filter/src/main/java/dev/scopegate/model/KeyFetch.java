package dev.scopegate.model;

/** What fetching an issuer's keys came to. */
public enum KeyFetch {
    /** The set is in force. */
    FETCHED("fetched"),
    /** The issuer could not be reached, or answered something else. */
    UNAVAILABLE("unavailable"),
    /** The answer holds no usable key. */
    UNUSABLE("unusable");

    private final String code;

    KeyFetch(String code) {
        this.code = code;
    }

    /** A fixed word for metrics. */
    public String code() {
        return code;
    }
}
