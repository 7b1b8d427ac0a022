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
 * @param rfc9068 whether all of RFC 9068 is required
 * @param clockSkew how far the clocks may differ
 * @param requiredClaims claims and the text that they have to equal or hold
 * @param scopeClaims where scopes are said, in order of preference
 */
record IssuerTerms(
        String name,
        String issuer,
        Set<String> audiences,
        boolean rfc9068,
        Duration clockSkew,
        Map<String, String> requiredClaims,
        List<String> scopeClaims) {

    static IssuerTerms of(String name, IssuerConfig config, Optional<String> resource) {
        List<String> audiences =
                config.audiences().isEmpty() ? resource.stream().toList() : config.audiences();
        return new IssuerTerms(
                name,
                config.issuer(),
                Set.copyOf(audiences),
                config.profile() == Profile.RFC9068,
                config.clockSkew(),
                config.requiredClaims(),
                config.scopeClaims());
    }
}
