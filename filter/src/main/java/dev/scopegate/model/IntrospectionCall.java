package dev.scopegate.model;

/** What asking an issuer about a token came to. */
public enum IntrospectionCall {
    /** The token is active. */
    ACTIVE("active"),
    /** The token is not active. */
    INACTIVE("inactive"),
    /** The endpoint could not be reached, broke off, or said that it is in trouble. */
    UNAVAILABLE("unavailable"),
    /** There was no complete answer in time. */
    TIMEOUT("timeout"),
    /** The endpoint refused our own credentials. */
    REFUSED_CLIENT("refused-client"),
    /** The answer cannot be used. */
    MALFORMED("malformed"),
    /** Too many calls were under way, so nobody was asked. */
    OVERLOADED("overloaded"),
    /** The endpoint failed too often of late, or asked to be left alone, so nobody was asked. */
    RESTING("resting");

    private final String code;

    IntrospectionCall(String code) {
        this.code = code;
    }

    /** A fixed word for metrics. */
    public String code() {
        return code;
    }
}
