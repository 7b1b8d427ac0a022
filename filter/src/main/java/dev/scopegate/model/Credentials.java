package dev.scopegate.model;

/**
 * What the request presented: a token, nothing, or something that no one can read as one token.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3.1">RFC 6750 §3.1</a>
 */
public sealed interface Credentials {

    /** No credentials, or those of another scheme. */
    record Absent() implements Credentials {}

    /**
     * One bearer token in one place; not validated yet.
     *
     * @param via where the token stood
     */
    record Presented(AccessToken token, Transport via) implements Credentials {}

    /** Credentials that break the grammar or name more than one token. */
    record Malformed(RefusalReason reason) implements Credentials {}
}
