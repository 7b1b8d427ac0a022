package dev.scopegate.validate;

import dev.scopegate.config.IssuerConfig.Profile;
import dev.scopegate.introspection.json.NumericDate;
import dev.scopegate.model.CheckList;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.model.Validation;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Judges what an issuer said of a token, be it in a JWT whose signature was verified or in an introspection answer. In
 * this order: kind, issuer, audience, times, forms, required claims, scopes. The first that fails is the answer.
 *
 * <p>Does not check signatures, bindings or what a route requires. Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068#section-4">RFC 9068 §4</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-4">RFC 7662 §4</a>
 */
final class ClaimChecks {

    private static final List<String> TEXT_CLAIMS = List.of("sub", "client_id", "azp", "jti");
    static final List<String> RFC9068_CLAIMS = List.of("sub", "client_id", "iat", "jti");

    private static final List<String> BINDINGS = List.of("jkt", "x5t#S256");

    private final IssuerTerms terms;
    private final InstantSource clock;
    private final ScopeClaims scopeClaims;

    /** What every token is held to, in this order. */
    private final List<ClaimCheck> checks;

    ClaimChecks(IssuerTerms terms, InstantSource clock) {
        this.terms = terms;
        this.clock = clock;
        this.scopeClaims = new ScopeClaims(terms.scopeClaims(), terms.mappedClaims());
        this.checks = checks(terms);
    }

    private List<ClaimCheck> checks(IssuerTerms issuer) {
        String skew = ", give or take " + issuer.clockSkew().toSeconds() + "s";
        List<ClaimCheck> all = new ArrayList<>();
        all.add(new ClaimCheck(
                "aud",
                String.join(" or ", new TreeSet<>(issuer.audiences())),
                (claims, scopes) -> audience(claims),
                claims -> ClaimExplanation.shown(claims, "aud")));
        all.add(time("exp", "later than now" + skew));
        all.add(time("nbf", "absent or past" + skew));
        all.add(time("iat", "absent or past" + skew));
        all.add(new ClaimCheck(
                "forms",
                "texts, scopes and cnf in their forms",
                ClaimChecks::forms,
                claims -> "claims " + String.join(" ", claims.keySet())));
        if (issuer.profile() == Profile.FAPI2) {
            all.add(new ClaimCheck(
                    "cnf",
                    "a key that the token is bound to (jkt or x5t#S256)",
                    (claims, scopes) -> when(!isBound(claims), RefusalReason.CLAIM),
                    claims -> isBound(claims) ? "a key" : "none"));
        }
        new TreeMap<>(issuer.requiredClaims())
                .forEach((name, value) -> all.add(new ClaimCheck(
                        name,
                        value,
                        (claims, scopes) -> ValidatedToken.says(claims.get(name), value)
                                ? Optional.empty()
                                : Optional.of(RefusalReason.CLAIM),
                        claims -> ClaimExplanation.shown(claims, name))));
        return List.copyOf(all);
    }

    private ClaimCheck time(String name, String expected) {
        return new ClaimCheck(
                name,
                expected,
                (claims, scopes) -> time(claims, name),
                claims -> NumericDate.of(claims, name)
                        .map(time -> time.truncatedTo(ChronoUnit.SECONDS) + " (now "
                                + clock.instant().truncatedTo(ChronoUnit.SECONDS) + ")")
                        .orElseGet(() -> ClaimExplanation.shown(claims, name)));
    }

    /** The verdict on the claims of a verified JWT. */
    Validation judgeJwt(Map<String, Object> claims, boolean explicitlyTyped) {
        if (ForeignTokens.areForeign(claims, explicitlyTyped)) {
            return refused(RefusalReason.TOKEN_TYPE);
        }
        if (!terms.issuer().equals(claims.get("iss"))) {
            return refused(RefusalReason.ISSUER_UNKNOWN);
        }
        if (NumericDate.of(claims, "exp").isEmpty()) {
            // A token without a readable end would be good for ever.
            return refused(RefusalReason.EXPIRED);
        }
        if (terms.rfc9068() && !claims.keySet().containsAll(RFC9068_CLAIMS)) {
            return refused(RefusalReason.CLAIM);
        }
        return judge(claims, scopeClaims.ofJwt(claims));
    }

    /** The verdict on a token of which every check held before: time alone can have changed it. */
    Validation judgeAgain(ValidatedToken token) {
        return time(token.claims(), "exp")
                .or(() -> time(token.claims(), "nbf"))
                .or(() -> time(token.claims(), "iat"))
                .<Validation>map(Validation.Refused::new)
                .orElseGet(() -> Validation.Valid.of(token));
    }

    /** The verdict on an introspection answer that says {@code active}. */
    Validation judgeIntrospection(Map<String, Object> answer) {
        return foreign(answer)
                .<Validation>map(Validation.Refused::new)
                .orElseGet(() -> judge(answer, scopeClaims.ofAnswer(answer)));
    }

    /**
     * The verdict on a JWT of which every check held, and on an introspection answer that calls it active. The answer is newer,
     * so its claims replace those of the JWT; but it makes no JWT live longer, and gives it no scope that the JWT says it lacks.
     */
    Validation judgeIntrospection(ValidatedToken jwt, Map<String, Object> answer) {
        return foreign(answer)
                .<Validation>map(Validation.Refused::new)
                .orElseGet(() -> judge(joined(jwt, answer), scopeClaims.common(jwt.claims(), answer)));
    }

    private static Map<String, Object> joined(ValidatedToken jwt, Map<String, Object> answer) {
        Map<String, Object> claims = new LinkedHashMap<>(jwt.claims());
        claims.putAll(answer);
        Optional<Instant> end = NumericDate.of(answer, "exp");
        if (end.isPresent() && jwt.expiresAt().filter(end.get()::isAfter).isPresent()) {
            claims.replace("exp", jwt.claims().get("exp"));
        }
        return Collections.unmodifiableMap(claims);
    }

    private Optional<RefusalReason> foreign(Map<String, Object> answer) {
        if (!isAccessTokenType(answer.get("token_type")) || ForeignTokens.areForeign(answer, true)) {
            return Optional.of(RefusalReason.TOKEN_TYPE);
        }
        return answer.containsKey("iss") && !terms.issuer().equals(answer.get("iss"))
                ? Optional.of(RefusalReason.ISSUER_UNKNOWN)
                : Optional.empty();
    }

    private Validation judge(Map<String, Object> claims, Optional<Set<String>> scopes) {
        for (ClaimCheck check : checks) {
            Optional<RefusalReason> refusal = check.judgement().refusal(claims, scopes);
            if (refusal.isPresent()) {
                return refused(refusal.get());
            }
        }
        return Validation.Valid.of(token(claims, scopes.orElseThrow()));
    }

    /** Adds what {@link #judgeJwt} looks at. */
    void explainJwt(Map<String, Object> claims, boolean explicitlyTyped, CheckList list) {
        new ClaimExplanation(terms, list).beforeJwt(claims, explicitlyTyped);
        Optional<Set<String>> scopes = scopeClaims.ofJwt(claims);
        checks.forEach(check -> check.explain(claims, scopes, list));
    }

    /** Adds what {@link #judgeIntrospection(Map)} looks at. */
    void explainIntrospection(Map<String, Object> claims, CheckList list) {
        new ClaimExplanation(terms, list).beforeIntrospection(claims);
        Optional<Set<String>> scopes = scopeClaims.ofAnswer(claims);
        checks.forEach(check -> check.explain(claims, scopes, list));
    }

    /** Adds what {@link #judgeIntrospection(ValidatedToken, Map)} looks at. */
    void explainIntrospection(ValidatedToken jwt, Map<String, Object> answer, CheckList list) {
        new ClaimExplanation(terms, list).beforeIntrospection(answer);
        Map<String, Object> claims = joined(jwt, answer);
        Optional<Set<String>> scopes = scopeClaims.common(jwt.claims(), answer);
        checks.forEach(check -> check.explain(claims, scopes, list));
    }

    private static Optional<RefusalReason> when(boolean refused, RefusalReason reason) {
        return refused ? Optional.of(reason) : Optional.empty();
    }

    private Optional<RefusalReason> audience(Map<String, Object> claims) {
        Object audience = claims.get("aud");
        boolean ours = audience instanceof String one
                ? terms.audiences().contains(one)
                : audience instanceof List<?> several && !Collections.disjoint(several, terms.audiences());
        return ours ? Optional.empty() : Optional.of(RefusalReason.AUDIENCE);
    }

    private Optional<RefusalReason> time(Map<String, Object> claims, String name) {
        boolean end = name.equals("exp");
        Optional<Instant> time = NumericDate.of(claims, name);
        if (time.isEmpty()) {
            return when(claims.containsKey(name), end ? RefusalReason.EXPIRED : RefusalReason.CLAIM);
        }
        Instant now = clock.instant();
        // RFC 7519 §4.1.4: on or after this time the token must not be accepted.
        return end
                ? when(!now.minus(terms.clockSkew()).isBefore(time.get()), RefusalReason.EXPIRED)
                : when(now.plus(terms.clockSkew()).isBefore(time.get()), RefusalReason.NOT_YET_VALID);
    }

    private static Optional<RefusalReason> forms(Map<String, Object> claims, Optional<Set<String>> scopes) {
        boolean sound = scopes.isPresent() && (!claims.containsKey("cnf") || claims.get("cnf") instanceof Map);
        for (String name : TEXT_CLAIMS) {
            sound &= !claims.containsKey(name) || claims.get(name) instanceof String;
        }
        return when(!sound, RefusalReason.CLAIM);
    }

    /** By the thumbprint of a key (RFC 9449 §6.1) or of a certificate (RFC 8705 §3.1); another method nobody could check. */
    private static boolean isBound(Map<String, Object> claims) {
        return claims.get("cnf") instanceof Map<?, ?> key
                && BINDINGS.stream().anyMatch(name -> key.get(name) instanceof String print && !print.isEmpty());
    }

    private ValidatedToken token(Map<String, Object> claims, Set<String> scopes) {
        return new ValidatedToken(
                terms.name(),
                terms.issuer(),
                text(claims, "sub"),
                text(claims, "client_id").or(() -> text(claims, "azp")),
                scopes,
                NumericDate.of(claims, "exp"),
                claims);
    }

    private static Optional<String> text(Map<String, Object> claims, String name) {
        return claims.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    static boolean isAccessTokenType(@Nullable Object type) {
        return type == null
                || (type instanceof String text
                        && Set.of("bearer", "dpop", "access_token").contains(text.toLowerCase(Locale.ROOT)));
    }

    private static Validation refused(RefusalReason reason) {
        return new Validation.Refused(reason);
    }
}
