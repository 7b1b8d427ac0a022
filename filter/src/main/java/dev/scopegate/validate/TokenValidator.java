package dev.scopegate.validate;

import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.introspection.metadata.MetadataDiscovery;
import dev.scopegate.model.AccessToken;
import dev.scopegate.model.CheckList;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.Validation;
import dev.scopegate.validate.keys.IssuerKeys;
import dev.scopegate.validate.keys.IssuerMetadata;
import java.time.InstantSource;
import java.util.ArrayList;
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
    private final List<Runnable> closers;

    private TokenValidator(JwtValidator jwts, Optional<OpaqueValidator> opaque, List<Runnable> closers) {
        this.jwts = jwts;
        this.opaque = opaque;
        this.closers = List.copyOf(closers);
    }

    /**
     * A validator for the issuers of {@code config}, which obeys {@link dev.scopegate.config.ConfigChecks}. Begins to fetch
     * keys in the background and waits for no issuer.
     */
    public static TokenValidator of(ScopegateConfig config, InstantSource clock) {
        BoundedHttpClient http = BoundedHttpClient.builder()
                .connectTimeout(config.http().connectTimeout())
                .maxResponseBytes(config.http().maxResponseBytes())
                .build();
        MetadataDiscovery discovery = new MetadataDiscovery(http, config.http().allowInsecureLoopback());
        List<Runnable> closers = new ArrayList<>();
        Map<String, JwtValidator.TrustedIssuer> issuers = new HashMap<>();
        Optional<OpaqueValidator> opaque = Optional.empty();
        List<String> names = config.issuerNames();
        for (int i = 0; i < names.size(); i++) {
            IssuerConfig issuer = config.issuers().get(i);
            IssuerTerms terms = IssuerTerms.of(names.get(i), issuer, config.resource());
            ClaimChecks checks = new ClaimChecks(terms, clock);
            IssuerMetadata metadata = new IssuerMetadata(issuer.issuer(), discovery, clock);
            IssuerKeys keys = IssuerKeys.of(
                    terms.name(), issuer.jwks(), http, metadata, config.http().maxResponseBytes());
            closers.add(keys::close);
            issuers.put(issuer.issuer(), new JwtValidator.TrustedIssuer(terms, issuer.algorithms(), keys, checks));
            if (issuer.introspection().isConfigured()) {
                opaque = Optional.of(OpaqueValidator.of(terms.name(), issuer.introspection(), metadata, http, checks));
            }
        }
        opaque.ifPresent(validator -> closers.add(validator::close));
        closers.add(http::close);
        return new TokenValidator(new JwtValidator(issuers), opaque, closers);
    }

    /**
     * A validator for the issuers of {@code config} that follows this one.
     */
    public TokenValidator successor(ScopegateConfig config, InstantSource clock) {
        return of(config, clock);
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
     * The verdict on {@code token}, as {@link #validate} gives it, and what it came from. May ask an issuer once more.
     *
     * @param checks what the token is held to is added to it
     */
    public Validation explain(AccessToken token, CheckList checks) {
        Validation verdict = validate(token);
        if (CompactJws.isShapeOf(token.value())) {
            jwts.explain(token.value(), verdict, checks);
        } else {
            opaque.ifPresent(validator -> validator.explain(token.value(), checks));
        }
        if (!checks.hasEnded() && verdict instanceof Validation.Refused refused) {
            RefusalReason reason = refused.reason();
            checks.add("token", "one that an issuer vouches for", reason::code, () -> Optional.of(reason));
        }
        if (!checks.hasEnded() && verdict instanceof Validation.Undecided undecided) {
            checks.addUndecided(
                    "token",
                    "one that an issuer vouches for",
                    undecided.reason().code());
        }
        return verdict;
    }

    /** Stops fetching keys and closes connections. Requests under way may end as undecided. */
    @Override
    public void close() {
        closers.forEach(Runnable::run);
    }
}
