package dev.scopegate.validate;

import dev.scopegate.introspection.json.NumericDate;
import dev.scopegate.model.CheckList;
import dev.scopegate.model.RefusalReason;
import java.util.Map;
import java.util.Optional;

/** Says what claims are held to before the checks that all tokens share. Decides by the functions that judge requests. */
final class ClaimExplanation {

    private static final String KIND = "claims of an access token";

    private final IssuerTerms terms;
    private final CheckList checks;

    ClaimExplanation(IssuerTerms terms, CheckList checks) {
        this.terms = terms;
        this.checks = checks;
    }

    void beforeJwt(Map<String, Object> claims, boolean explicitlyTyped) {
        boolean foreign = ForeignTokens.areForeign(claims, explicitlyTyped);
        add("kind", KIND, "typ " + shown(claims, "typ"), foreign, RefusalReason.TOKEN_TYPE);
        boolean endless = NumericDate.of(claims, "exp").isEmpty();
        add("end", "exp is a time", endless ? shown(claims, "exp") : "a time", endless, RefusalReason.EXPIRED);
        if (terms.rfc9068()) {
            boolean incomplete = !claims.keySet().containsAll(ClaimChecks.RFC9068_CLAIMS);
            String required = String.join(" ", ClaimChecks.RFC9068_CLAIMS);
            add("claims", required, String.join(" ", claims.keySet()), incomplete, RefusalReason.CLAIM);
        }
    }

    void beforeIntrospection(Map<String, Object> claims) {
        boolean foreign =
                !ClaimChecks.isAccessTokenType(claims.get("token_type")) || ForeignTokens.areForeign(claims, true);
        add("kind", KIND, "token_type " + shown(claims, "token_type"), foreign, RefusalReason.TOKEN_TYPE);
        boolean other = claims.containsKey("iss") && !terms.issuer().equals(claims.get("iss"));
        add("iss", terms.issuer() + " or absent", shown(claims, "iss"), other, RefusalReason.ISSUER_UNKNOWN);
    }

    /** A claim as text for people, {@code absent} if there is none. */
    static String shown(Map<String, Object> claims, String name) {
        return String.valueOf(claims.getOrDefault(name, "absent"));
    }

    private void add(String name, String expected, String actual, boolean refused, RefusalReason reason) {
        checks.add(name, expected, () -> actual, () -> refused ? Optional.of(reason) : Optional.empty());
    }
}
