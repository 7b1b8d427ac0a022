package dev.scopegate.validate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells access tokens from the other things that an authorization server signs with the same keys: ID tokens, refresh and
 * logout tokens, security events, introspection answers, client assertions, DPoP proofs. Each of those is good for
 * something else, and often in other hands.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725#section-3.11">RFC 8725 §3.11, §3.12</a>
 */
final class ForeignTokens {

    /** What real servers write on access tokens. */
    private static final Set<String> ACCESS_TOKEN_TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    private static final Set<String> RFC9068_TYPES = Set.of("at+jwt", "application/at+jwt");

    /** Claims that only tokens of other kinds have. */
    private static final List<String> FOREIGN_CLAIMS =
            List.of("at_hash", "c_hash", "s_hash", "events", "token_introspection", "htm", "htu");

    private ForeignTokens() {}

    /** Whether {@code type}, a JOSE {@code typ}, may stand on an access token. Media types ignore case. */
    static boolean isAccessTokenType(Optional<String> type, boolean rfc9068) {
        Set<String> allowed = rfc9068 ? RFC9068_TYPES : ACCESS_TOKEN_TYPES;
        return type.map(text -> allowed.contains(text.toLowerCase(Locale.ROOT))).orElse(!rfc9068);
    }

    /** Whether {@code claims} are those of something that is not an access token. */
    static boolean areForeign(Map<String, Object> claims, boolean explicitlyTyped) {
        for (String foreign : FOREIGN_CLAIMS) {
            if (claims.containsKey(foreign)) {
                return true;
            }
        }
        // Keycloak writes the kind into the claims: Bearer, ID, Refresh, Offline, Logout.
        boolean saysBearer = claims.get("typ") instanceof String kind
                && (kind.equalsIgnoreCase("Bearer") || kind.equalsIgnoreCase("DPoP"));
        if (claims.containsKey("typ") && !saysBearer) {
            return true;
        }
        boolean selfIssued = claims.containsKey("iss") && claims.get("iss").equals(claims.get("sub"));
        // An ID token carries the nonce of its login; so do the access tokens of some servers, but those say what they
        // are.
        return selfIssued || (claims.containsKey("nonce") && !explicitlyTyped && !saysBearer);
    }
}
