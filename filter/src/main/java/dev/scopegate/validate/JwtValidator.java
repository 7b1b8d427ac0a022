package dev.scopegate.validate;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.scopegate.model.CheckList;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.model.Validation;
import dev.scopegate.validate.VerifiedTokens.Verified;
import dev.scopegate.validate.keys.IssuerKeys;
import dev.scopegate.validate.keys.KeyLookup;
import dev.scopegate.validate.keys.SignatureVerifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Validates JWTs of the configured issuers: form, algorithm, kind, signature, claims, in that order, so that what costs
 * nothing is asked first. Of a token that was valid before, only what can have changed since is judged again: whether its key
 * is still published, and the time.
 *
 * <p>Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-7.2">RFC 7519 §7.2</a>
 */
final class JwtValidator {

    /** What is needed to judge one issuer's tokens. */
    record TrustedIssuer(IssuerTerms terms, List<String> algorithms, IssuerKeys keys, ClaimChecks checks) {}

    private final Map<String, TrustedIssuer> issuers;
    private final SignatureVerifier signatures;
    private final VerifiedTokens verified;

    /** A validator for the tokens of {@code issuers}, by issuer identifier. */
    JwtValidator(Map<String, TrustedIssuer> issuers, SignatureVerifier signatures, VerifiedTokens verified) {
        this.issuers = Map.copyOf(issuers);
        this.signatures = signatures;
        this.verified = verified;
    }

    Validation validate(String token) {
        TokenDigest digest = TokenDigest.of(token);
        return verified.find(digest)
                // A key that was withdrawn vouches for nothing any more, so the token is one that was never seen.
                .filter(known -> known.issuer().keys().publishes(known.key()))
                .map(known -> known.issuer().checks().judgeAgain(known.token()))
                .orElseGet(() -> validate(token, digest));
    }

    private Validation validate(String token, TokenDigest digest) {
        CompactJws.Reading reading = CompactJws.read(token);
        if (reading instanceof CompactJws.Reading.Unreadable unreadable) {
            return refused(unreadable.reason());
        }
        return validate(((CompactJws.Reading.Read) reading).jws(), digest);
    }

    /** Adds what {@code token} was held to, of which {@code verdict} came. */
    void explain(String token, Validation verdict, CheckList checks) {
        new JwtExplanation(issuers, verdict, checks).explain(token);
    }

    private Validation validate(CompactJws jws, TokenDigest digest) {
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
        return verify(jws, issuer, digest);
    }

    private Validation verify(CompactJws jws, TrustedIssuer issuer, TokenDigest digest) {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(jws.algorithm());
        KeyLookup lookup = issuer.keys().find(algorithm, jws.keyId());
        if (lookup instanceof KeyLookup.Unavailable unavailable) {
            return new Validation.Undecided(RefusalReason.KEYS_UNAVAILABLE, unavailable.retryAfter());
        }
        if (!(lookup instanceof KeyLookup.Found found)) {
            return refused(RefusalReason.KEY_UNKNOWN);
        }
        Optional<JWK> key = found.keys().stream()
                .filter(candidate -> signatures.verifies(candidate, algorithm, jws.signingInput(), jws.signature()))
                .findFirst();
        if (key.isEmpty()) {
            return refused(RefusalReason.SIGNATURE);
        }
        boolean explicitlyTyped = ForeignTokens.isAccessTokenType(jws.type(), true);
        Validation verdict = issuer.checks().judgeJwt(jws.claims(), explicitlyTyped);
        if (verdict instanceof Validation.Valid valid) {
            remember(digest, valid.token(), issuer, key.get());
        }
        return verdict;
    }

    private void remember(TokenDigest digest, ValidatedToken token, TrustedIssuer issuer, JWK key) {
        token.expiresAt()
                .map(end -> end.plus(issuer.terms().clockSkew()))
                .ifPresent(end -> verified.remember(digest, new Verified(token, issuer, key, end)));
    }

    private static Validation refused(RefusalReason reason) {
        return new Validation.Refused(reason);
    }
}
