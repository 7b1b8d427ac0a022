package dev.scopegate.validate;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.TokensConfig;
import dev.scopegate.model.Upkeep;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.validate.keys.Signatures;
import dev.scopegate.validate.keys.VectorKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A validator that was given the keys of a test issuer: nothing is fetched, and no verdict is late. */
final class LocalValidator {

    private LocalValidator() {}

    static JwtValidator of(TestIssuer issuer) {
        IssuerConfig config = IssuerConfig.of(issuer.issuer());
        IssuerTerms terms = IssuerTerms.of("main", config, Optional.of("https://api.example.com/contacts"));
        List<JWK> keys = config.algorithms().stream()
                .map(JWSAlgorithm::parse)
                .map(issuer::signingKey)
                .toList();
        return new JwtValidator(
                Map.of(
                        issuer.issuer(),
                        new JwtValidator.TrustedIssuer(
                                terms,
                                config.algorithms(),
                                VectorKeys.published(new JWKSet(keys).toString(true)),
                                new ClaimChecks(terms, Clock.systemUTC()))),
                Signatures.byRuntime(),
                new VerifiedTokens(
                        new TokensConfig.Cache(Duration.ofMinutes(5), 1_000),
                        Clock.systemUTC(),
                        Ticker.systemTicker(),
                        Upkeep.UNOBSERVED));
    }
}
