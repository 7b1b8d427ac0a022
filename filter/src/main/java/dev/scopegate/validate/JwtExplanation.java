package dev.scopegate.validate;

import dev.scopegate.model.AccessToken;
import dev.scopegate.model.CheckList;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.Validation;
import dev.scopegate.validate.JwtValidator.TrustedIssuer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Says what a JWT was held to, and what of it did not hold. The verdict is that of the validator; this only finds the check
 * that it came from.
 */
final class JwtExplanation {

    private final Map<String, TrustedIssuer> issuers;
    private final Validation verdict;
    private final CheckList checks;

    JwtExplanation(Map<String, TrustedIssuer> issuers, Validation verdict, CheckList checks) {
        this.issuers = issuers;
        this.verdict = verdict;
        this.checks = checks;
    }

    /** Adds the checks on {@code token}. */
    void explain(String token) {
        CompactJws.Reading reading = CompactJws.read(new AccessToken(token), CompactJws.octets(token));
        if (reading instanceof CompactJws.Reading.Unreadable unreadable) {
            add("form", "a signed JWT", () -> unreadable.reason().code(), true, unreadable.reason());
            return;
        }
        CompactJws jws = ((CompactJws.Reading.Read) reading).jws();
        JoseHeader.Reading first = JoseHeader.read(jws.encodedHeader());
        Optional<Map<String, Object>> claims = jws.claims();
        if (first instanceof JoseHeader.Reading.Unreadable unreadable) {
            add("form", "a signed JWT", () -> unreadable.reason().code(), true, unreadable.reason());
        } else if (claims.isEmpty()) {
            // Whether the signature or the payload is at fault: the verdict knows which of them it came to first.
            RefusalReason reason =
                    verdict instanceof Validation.Refused refused ? refused.reason() : RefusalReason.TOKEN_MALFORMED;
            add("form", "a signed JWT", reason::code, true, reason);
        } else {
            explain(((JoseHeader.Reading.Read) first).header(), claims.get());
        }
    }

    private void explain(JoseHeader header, Map<String, Object> claims) {
        add("form", "a signed JWT", () -> "a signed JWT", false, RefusalReason.TOKEN_MALFORMED);
        TrustedIssuer issuer = claims.get("iss") instanceof String name ? issuers.get(name) : null;
        add(
                "iss",
                String.join(" or ", new TreeSet<>(issuers.keySet())),
                () -> ClaimExplanation.shown(claims, "iss"),
                issuer == null,
                RefusalReason.ISSUER_UNKNOWN);
        if (issuer != null) {
            explain(header, claims, issuer);
        }
    }

    private void explain(JoseHeader header, Map<String, Object> claims, TrustedIssuer issuer) {
        boolean rfc9068 = issuer.terms().rfc9068();
        add(
                "alg",
                String.join(" or ", issuer.algorithms()),
                () -> header.algorithm().getName(),
                refusedFor(RefusalReason.ALGORITHM),
                RefusalReason.ALGORITHM);
        add(
                "typ",
                rfc9068 ? "at+jwt" : "at+jwt or JWT or absent",
                () -> header.type().orElse("absent"),
                !ForeignTokens.isAccessTokenType(header.type(), rfc9068),
                RefusalReason.TOKEN_TYPE);
        String published = "a key of issuer " + issuer.terms().name();
        if (verdict instanceof Validation.Undecided undecided && undecided.reason() == RefusalReason.KEYS_UNAVAILABLE) {
            checks.addUndecided("kid", published, "its keys cannot be had now");
        } else {
            add(
                    "kid",
                    published,
                    () -> header.keyId().orElse("absent"),
                    refusedFor(RefusalReason.KEY_UNKNOWN),
                    RefusalReason.KEY_UNKNOWN);
        }
        boolean forged = refusedFor(RefusalReason.SIGNATURE);
        add(
                "signature",
                "verifies with that key",
                () -> forged ? "does not verify" : "verifies",
                forged,
                RefusalReason.SIGNATURE);
        issuer.checks().explainJwt(claims, ForeignTokens.isAccessTokenType(header.type(), true), checks);
    }

    private boolean refusedFor(RefusalReason reason) {
        return verdict instanceof Validation.Refused refused && refused.reason() == reason;
    }

    private void add(String name, String expected, Supplier<String> actual, boolean refused, RefusalReason reason) {
        checks.add(name, expected, actual, () -> refused ? Optional.of(reason) : Optional.empty());
    }
}
