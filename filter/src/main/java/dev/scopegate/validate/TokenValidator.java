package dev.scopegate.validate;

import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.model.AccessToken;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.Validation;
import dev.scopegate.validate.keys.IssuerKeys;
import dev.scopegate.validate.keys.IssuerMetadata;
import dev.scopegate.validate.keys.Upstreams;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Validates access tokens. A token that means to be a JWT is validated here and now; only another one is asked about, at
 * the one issuer that has opaque tokens. A JWT that fails is never tried again in another way.
 *
 * <p>Does not check what a route requires, nor who presents the token. Safe for concurrent use.
 */
public final class TokenValidator implements AutoCloseable {

    private final JwtValidator jwts;
    private final Optional<OpaqueValidator> opaque;
    private final Upstreams upstreams;

    private TokenValidator(JwtValidator jwts, Optional<OpaqueValidator> opaque, Upstreams upstreams) {
        this.jwts = jwts;
        this.opaque = opaque;
        this.upstreams = upstreams;
    }

    /**
     * A validator for the issuers of {@code config}, which obeys {@link dev.scopegate.config.ConfigChecks}. Begins to fetch
     * keys in the background and waits for no issuer.
     *
     * @throws java.io.UncheckedIOException if a file that {@code config} names cannot be read
     */
    public static TokenValidator of(ScopegateConfig config, InstantSource clock) {
        return over(Upstreams.of(config, clock), config, clock);
    }

    /**
     * A validator for the issuers of {@code config} that follows this one. Keys, metadata and connections that the two have
     * in common are handed over as they are; introspection clients, their secrets and what they remember are made anew. This
     * one goes on as before until it is closed, also if this throws.
     *
     * @throws java.io.UncheckedIOException if a file that {@code config} names cannot be read
     */
    public TokenValidator successor(ScopegateConfig config, InstantSource clock) {
        return over(upstreams.successor(config, clock), config, clock);
    }

    private static TokenValidator over(Upstreams upstreams, ScopegateConfig config, InstantSource clock) {
        try {
            Map<String, JwtValidator.TrustedIssuer> issuers = new HashMap<>();
            Optional<OpaqueValidator> opaque = Optional.empty();
            List<String> names = config.issuerNames();
            for (int i = 0; i < names.size(); i++) {
                IssuerConfig issuer = config.issuers().get(i);
                IssuerTerms terms = IssuerTerms.of(names.get(i), issuer, config.resource());
                ClaimChecks checks = new ClaimChecks(terms, clock);
                IssuerKeys keys = upstreams.keys(issuer.issuer());
                issuers.put(issuer.issuer(), new JwtValidator.TrustedIssuer(terms, issuer.algorithms(), keys, checks));
                if (issuer.introspection().isConfigured()) {
                    IssuerMetadata metadata = upstreams.metadata(issuer.issuer());
                    opaque = Optional.of(OpaqueValidator.of(
                            terms.name(), issuer.introspection(), metadata, upstreams.http(), checks));
                }
            }
            return new TokenValidator(new JwtValidator(issuers), opaque, upstreams);
        } catch (RuntimeException | Error halfWay) {
            upstreams.close();
            throw halfWay;
        }
    }

    /** The verdict on {@code token}. Waits for the issuer where it has to be asked. */
    public Validation validate(AccessToken token) {
        if (CompactJws.isShapeOf(token.value())) {
            return jwts.validate(token.value());
        }
        return opaque.map(validator -> validator.validate(token.value()))
                .orElseGet(() -> new Validation.Refused(RefusalReason.TOKEN_MALFORMED));
    }

    /**
     * Stops fetching keys and closes connections, but for what a successor has of it. Requests under way may end as undecided.
     * A second time does nothing.
     */
    @Override
    public void close() {
        opaque.ifPresent(OpaqueValidator::close);
        upstreams.close();
    }
}
