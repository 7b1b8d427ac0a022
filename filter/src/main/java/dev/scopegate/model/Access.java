package dev.scopegate.model;

/** Who may use a route, before scopes are asked for. */
public enum Access {
    /** Everyone; a token, if sent, is not looked at. */
    PUBLIC,
    /** Everyone, but a token that is sent has to be valid. */
    OPTIONAL,
    /** Only a request with a valid access token. */
    AUTHENTICATED,
    /** No one. */
    DENY
}
