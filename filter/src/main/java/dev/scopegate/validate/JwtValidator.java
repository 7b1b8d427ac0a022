package dev.scopegate.validate;

import com.nimbusds.jose.JWSAlgorithm;
import dev.scopegate.model.CheckList;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.Validation;
import dev.scopegate.validate.keys.IssuerKeys;
import dev.scopegate.validate.keys.KeyLookup;
import dev.scopegate.validate.keys.Signatures;
import java.util.List;
import java.util.Map;

/**
 * Validates JWTs of the configured issuers: form, algorithm, kind, signature, claims, in that order, so that what costs
 * nothing is asked first.
 *
 * <p>Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-7.2">RFC 7519 §7.2</a>
 */
final class JwtValidator {

    /** What is needed to judge one issuer's tokens. */
    record TrustedIssuer(IssuerTerms terms, List<String> algorithms, IssuerKeys keys, ClaimChecks checks) {}

    private final Map<String, TrustedIssuer> issuers;

    /** A validator for the tokens of {@code issuers}, by issuer identifier. */
    JwtValidator(Map<String, TrustedIssuer> issuers) {
        this.issuers = Map.copyOf(issuers);
    }

    Validation validate(String token) {
        CompactJws.Reading reading = CompactJws.read(token);
        if (reading instanceof CompactJws.Reading.Unreadable unreadable) {
            return refused(unreadable.reason());
        }
        return validate(((CompactJws.Reading.Read) reading).jws());
    }

    /** Adds what {@code token} was held to, of which {@code verdict} came. */
    void explain(String token, Validation verdict, CheckList checks) {
        new JwtExplanation(issuers, verdict, checks).explain(token);
    }

    private Validation validate(CompactJws jws) {
        // The unverified "iss" may choose among the configured issuers. It names nobody else, and causes no call.
        TrustedIssuer issuer = jws.claims().get("iss") instanceof String name ? issuers.get(name) : null;
        if (issuer == null) {
            return refused(RefusalReason.ISSUER_UNKNOWN);
        }
        // RFC 8725 §3.1: the list is the configuration's; "none" and HMAC are never on it.
        if (!issuer.algorithms().contains(jws.algorithm())) {
            return refused(RefusalReason.ALGORITHM);
        }
        if (!ForeignTokens.isAccessTokenType(jws.type(), issuer.terms().rfc9068())) {
            return refused(RefusalReason.TOKEN_TYPE);
        }
        return verify(jws, issuer);
    }

    private static Validation verify(CompactJws jws, TrustedIssuer issuer) {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(jws.algorithm());
        KeyLookup lookup = issuer.keys().find(algorithm, jws.keyId());
        if (lookup instanceof KeyLookup.Unavailable unavailable) {
            return new Validation.Undecided(RefusalReason.KEYS_UNAVAILABLE, unavailable.retryAfter());
        }
        if (!(lookup instanceof KeyLookup.Found found)) {
            return refused(RefusalReason.KEY_UNKNOWN);
        }
        boolean verified = found.keys().stream()
                .anyMatch(key -> Signatures.verifies(key, algorithm, jws.signingInput(), jws.signature()));
        if (!verified) {
            return refused(RefusalReason.SIGNATURE);
        }
        boolean explicitlyTyped = ForeignTokens.isAccessTokenType(jws.type(), true);
        return issuer.checks().judgeJwt(jws.claims(), explicitlyTyped);
    }

    private static Validation refused(RefusalReason reason) {
        return new Validation.Refused(reason);
    }
}
