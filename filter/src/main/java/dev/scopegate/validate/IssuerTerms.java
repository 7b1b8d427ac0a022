package dev.scopegate.validate;

import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.IssuerConfig.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the claims of one issuer's tokens have to be. Immutable.
 *
 * @param name the configured name of the issuer
 * @param issuer the issuer identifier
 * @param audiences the audiences of which a token has to name one
 * @param profile how strict the form is judged
 * @param clockSkew how far the clocks may differ
 * @param requiredClaims claims and the text that they have to equal or hold
 * @param scopeClaims where scopes are said, in order of preference
 * @param mappedClaims further claims whose values are scopes
 */
record IssuerTerms(
        String name,
        String issuer,
        Set<String> audiences,
        Profile profile,
        Duration clockSkew,
        Map<String, String> requiredClaims,
        List<String> scopeClaims,
        List<MappedClaim> mappedClaims) {

    static IssuerTerms of(String name, IssuerConfig config, Optional<String> resource) {
        List<String> audiences =
                config.audiences().isEmpty() ? resource.stream().toList() : config.audiences();
        return new IssuerTerms(
                name,
                config.issuer(),
                Set.copyOf(audiences),
                config.profile(),
                config.clockSkew(),
                config.requiredClaims(),
                config.scopeClaims(),
                config.claimsAsScopes().stream().map(MappedClaim::of).toList());
    }

    /** Whether all of RFC 9068 is required. */
    boolean rfc9068() {
        return profile != Profile.JWT;
    }
}
