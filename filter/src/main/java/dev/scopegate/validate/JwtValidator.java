package dev.scopegate.validate;

import com.nimbusds.jose.jwk.JWK;
import dev.scopegate.introspection.TokenDigest;
import dev.scopegate.model.AccessToken;
import dev.scopegate.model.CheckList;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.Validation;
import dev.scopegate.validate.VerifiedTokens.Verified;
import dev.scopegate.validate.keys.IssuerKeys;
import dev.scopegate.validate.keys.KeyLookup;
import dev.scopegate.validate.keys.SignatureVerifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Validates JWTs of the configured issuers: form, algorithm, kind, signature, claims, in that order, so that what costs
 * nothing is asked first, and nothing is built from what nobody vouches for. Of a token that was valid before, only what can
 * have changed since is judged again: whether its key is still published, and the time.
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
    private final TokenDigest.Maker digests = new TokenDigest.Maker();
    private final KnownHeaders headers = new KnownHeaders();

    /** A validator for the tokens of {@code issuers}, by issuer identifier. */
    JwtValidator(Map<String, TrustedIssuer> issuers, SignatureVerifier signatures, VerifiedTokens verified) {
        this.issuers = Map.copyOf(issuers);
        this.signatures = signatures;
        this.verified = verified;
    }

    Validation validate(AccessToken token) {
        // The text as it was received, with whatever stands before the token: one copy less.
        byte[] octets = CompactJws.octets(token.text());
        if (!verified.remembers()) {
            return validate(token, octets, fresh -> {});
        }
        TokenDigest digest = digests.of(octets, token.start());
        Optional<Verified> known = verified.find(digest);
        return known.isPresent()
                ? verified.judgeAgain(known.get())
                : validate(token, octets, fresh -> verified.remember(digest, fresh));
    }

    /** As {@link #validate(AccessToken)} does it, for a token that stands by itself. */
    Validation validate(String token) {
        return validate(new AccessToken(token));
    }

    /** How many verified tokens are remembered now. */
    long rememberedTokens() {
        return verified.size();
    }

    private Validation validate(AccessToken token, byte[] octets, Consumer<Verified> memory) {
        CompactJws.Reading reading = CompactJws.read(token, octets);
        if (reading instanceof CompactJws.Reading.Unreadable unreadable) {
            return unreadable(token, unreadable.reason());
        }
        CompactJws jws = ((CompactJws.Reading.Read) reading).jws();
        JoseHeader.Reading header = headers.read(jws.encodedHeader());
        return header instanceof JoseHeader.Reading.Unreadable unreadable
                ? unreadable(token, unreadable.reason())
                : validate(jws, ((JoseHeader.Reading.Read) header).header(), memory);
    }

    /** What is not even a token is a malformed request; what is read as a JWT is one for sure. */
    private static Validation unreadable(AccessToken token, RefusalReason reason) {
        return refused(B64Token.is(token.value()) ? reason : RefusalReason.CREDENTIALS_MALFORMED);
    }

    /** Adds what {@code token} was held to, of which {@code verdict} came. */
    void explain(String token, Validation verdict, CheckList checks) {
        new JwtExplanation(issuers, verdict, checks).explain(token);
    }

    private Validation validate(CompactJws jws, JoseHeader header, Consumer<Verified> memory) {
        // The unverified "iss" may choose among the configured issuers. It names nobody else, and causes no call.
        TrustedIssuer issuer =
                UnverifiedIssuer.in(jws.payload()).map(issuers::get).orElse(null);
        if (issuer == null) {
            return refused(jws.isObject() ? RefusalReason.ISSUER_UNKNOWN : RefusalReason.TOKEN_MALFORMED);
        }
        // RFC 8725 §3.1: the list is the configuration's; "none" is never on it.
        if (!issuer.algorithms().contains(header.algorithm().getName())) {
            return refused(RefusalReason.ALGORITHM);
        }
        if (!ForeignTokens.isAccessTokenType(header.type(), issuer.terms().rfc9068())) {
            return refused(RefusalReason.TOKEN_TYPE);
        }
        return jws.signature().length == 0
                ? refused(RefusalReason.TOKEN_MALFORMED)
                : verify(jws, header, issuer, memory);
    }

    private Validation verify(CompactJws jws, JoseHeader header, TrustedIssuer issuer, Consumer<Verified> memory) {
        KeyLookup lookup = issuer.keys().find(header.algorithm(), header.keyId());
        if (lookup instanceof KeyLookup.Unavailable unavailable) {
            return new Validation.Undecided(RefusalReason.KEYS_UNAVAILABLE, unavailable.retryAfter());
        }
        if (!(lookup instanceof KeyLookup.Found found)) {
            return refused(RefusalReason.KEY_UNKNOWN);
        }
        byte[] signingInput = jws.signingInput();
        for (JWK key : found.keys()) {
            if (signatures.verifies(key, header.algorithm(), signingInput, jws.signature())) {
                Validation verdict = judge(jws, header, issuer);
                if (verdict instanceof Validation.Valid valid) {
                    headers.remember(jws.encodedHeader(), header);
                    memory.accept(Verified.of(valid, issuer, key));
                }
                return verdict;
            }
        }
        return refused(RefusalReason.SIGNATURE);
    }

    /** What the signature vouches for is read only now. */
    private static Validation judge(CompactJws jws, JoseHeader header, TrustedIssuer issuer) {
        boolean explicitlyTyped = ForeignTokens.isAccessTokenType(header.type(), true);
        return jws.claims()
                .map(claims -> issuer.checks().judgeJwt(claims, explicitlyTyped))
                .orElseGet(() -> refused(RefusalReason.TOKEN_MALFORMED));
    }

    private static Validation refused(RefusalReason reason) {
        return new Validation.Refused(reason);
    }
}
