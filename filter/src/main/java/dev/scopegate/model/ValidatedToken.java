package dev.scopegate.model;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An access token of which every check held, as an application sees it: {@code request.getUserPrincipal()}.
 *
 * <p>Holds what the issuer said of the token, not the token itself, so it cannot be passed on to another service. Says
 * nothing of whether the caller may do what it asks; that is the route's requirement.
 *
 * <p>Immutable. Its text form leaves the claims out, since they are personal data.
 *
 * @param issuerName the configured name of the issuer, such as {@code main}; from a closed set
 * @param issuer the issuer identifier, such as {@code https://login.example.com}
 * @param subject the {@code sub} claim: the resource owner, or the client itself where no user was involved
 * @param clientId the {@code client_id} claim, or {@code azp} where there is none
 * @param scopes the granted scopes; may be empty
 * @param expiresAt when the token expires; always present for a JWT, may be absent for an opaque token
 * @param claims all claims as JSON values ({@code String}, {@code Long}, {@code Double}, {@code Boolean}, {@code List},
 *     {@code Map}); unmodifiable; JSON nulls left out
 * @param introspected what the issuer was asked; empty if the token was validated here alone
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068#section-2.2">RFC 9068 §2.2</a>
 */
public record ValidatedToken(
        String issuerName,
        String issuer,
        Optional<String> subject,
        Optional<String> clientId,
        Set<String> scopes,
        Optional<Instant> expiresAt,
        Map<String, Object> claims,
        Optional<Introspected> introspected)
        implements Principal {

    /** A token that was validated here alone. */
    public ValidatedToken(
            String issuerName,
            String issuer,
            Optional<String> subject,
            Optional<String> clientId,
            Set<String> scopes,
            Optional<Instant> expiresAt,
            Map<String, Object> claims) {
        this(issuerName, issuer, subject, clientId, scopes, expiresAt, claims, Optional.empty());
    }

    /** The same token, of which the issuer said so. */
    public ValidatedToken introspected(Introspected how) {
        return new ValidatedToken(issuerName, issuer, subject, clientId, scopes, expiresAt, claims, Optional.of(how));
    }

    /** The subject, or the client where the token has none, or an empty text. */
    @Override
    public String getName() {
        return subject.or(() -> clientId).orElse("");
    }

    /** Whether the token was granted {@code scope}, compared character by character. */
    public boolean hasScope(String scope) {
        return scopes.contains(scope);
    }

    /**
     * Whether a claim says {@code value}: a text that equals it, a number or a boolean that is written so, or a list that
     * holds it.
     */
    public boolean hasClaim(String name, String value) {
        return says(claims.get(name), value);
    }

    /**
     * Whether a claim says {@code value}: see {@link #hasClaim}.
     *
     * @param claim a JSON value; null, an absent claim, says nothing
     */
    public static boolean says(@Nullable Object claim, String value) {
        return claim instanceof List<?> list
                ? list.stream().anyMatch(item -> isWritten(item, value))
                : isWritten(claim, value);
    }

    /** Objects, and lists within lists, are not written in one word, so nothing equals them. */
    private static boolean isWritten(@Nullable Object claim, String value) {
        return (claim instanceof String || claim instanceof Number || claim instanceof Boolean)
                && value.equals(claim.toString());
    }

    @Override
    public String toString() {
        return "ValidatedToken[issuer " + issuerName + ", " + scopes.size() + " scopes]";
    }
}
