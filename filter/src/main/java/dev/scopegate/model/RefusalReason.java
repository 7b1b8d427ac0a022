package dev.scopegate.model;

import java.util.Locale;

/**
 * Why a request was not let through: the one closed list that logs, metrics, problem types and documents share.
 *
 * <p>Each reason maps to exactly one status and error code; that mapping is the challenge step's.
 */
public enum RefusalReason {
    /** No token was sent, or the scheme was another one. */
    CREDENTIALS_ABSENT,
    /** The {@code Authorization} field is not one scheme and one {@code b64token}. */
    CREDENTIALS_MALFORMED,
    /** More than one token was sent, be it in several {@code Authorization} fields or in several places. */
    CREDENTIALS_REPEATED,
    /** The token is longer than {@code tokens.max-bytes}. */
    TOKEN_TOO_LARGE,
    /** The request line spells its path in a way that two readers may read differently. */
    PATH_AMBIGUOUS,

    /** The token is neither a readable JWT nor one that an issuer could be asked about. */
    TOKEN_MALFORMED,
    /** The token is a JWE; encrypted tokens are not accepted. */
    TOKEN_ENCRYPTED,
    /** The token is of another kind: an ID token, a refresh token, a DPoP proof and the like. */
    TOKEN_TYPE,
    /** The issuer is not one of the configured ones. */
    ISSUER_UNKNOWN,
    /** The {@code alg} is not one that is configured for the issuer. */
    ALGORITHM,
    /** The header demands something that is not understood ({@code crit}, {@code b64}). */
    HEADER,
    /** The issuer publishes no key that fits the header, or more than one. */
    KEY_UNKNOWN,
    /** The signature does not verify. */
    SIGNATURE,
    /** The token is for other audiences, or names none. */
    AUDIENCE,
    /** The token has expired, or says nothing readable of when it does. */
    EXPIRED,
    /** The token is not valid yet, or was issued in the future. */
    NOT_YET_VALID,
    /** A claim is missing, has the wrong type, or is not what the configuration requires. */
    CLAIM,
    /** The authorization server says that the token is not active. */
    INACTIVE,
    /** The token is bound to a key of its client and was sent as a plain bearer token. */
    BOUND_TOKEN,

    /** The token is of an issuer whose tokens the route does not take, or that cannot vouch for them as freshly as it wants. */
    ISSUER_NOT_ACCEPTED,
    /** The token lacks a claim that the route requires. */
    CLAIM_MISSING,
    /** The token lacks a scope that the route requires. */
    SCOPE_MISSING,
    /** The resource owner authenticated in a weaker way than the route requires. */
    AUTHENTICATION_TOO_WEAK,
    /** The resource owner authenticated longer ago than the route allows. */
    AUTHENTICATION_TOO_OLD,
    /** No rule names the route, or the rule denies it. */
    ROUTE_DENIED,

    /** The issuer's keys cannot be had now, so nobody can tell whether the token is good. */
    KEYS_UNAVAILABLE,
    /** The introspection endpoint does not answer, so nobody can tell whether the token is good. */
    INTROSPECTION_UNAVAILABLE;

    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The stable text of this reason, such as {@code scope-missing}: for logs, metric tags and problem types. */
    public String code() {
        return code;
    }
}
