package dev.scopegate.validate;

import dev.scopegate.config.CryptoConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.model.AccessToken;
import dev.scopegate.model.CheckList;
import dev.scopegate.model.IntrospectionState;
import dev.scopegate.model.KeySetStatus;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.model.Validation;
import dev.scopegate.validate.Introspectors.Owner;
import dev.scopegate.validate.keys.IssuerKeys;
import dev.scopegate.validate.keys.SignatureVerifier;
import dev.scopegate.validate.keys.Signatures;
import dev.scopegate.validate.keys.Upstreams;
import dev.scopegate.validate.keys.Upstreams.Environment;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Validates access tokens, from their characters on. A token that means to be a JWT is validated here and now, and asked about
 * at its issuer only where the configuration or the route wants that, and after it was found valid; another one is asked about
 * at the one issuer that it can belong to. A JWT that fails is never tried again in another way.
 *
 * <p>Of what a route requires, only how fresh an issuer's word has to be, and which issuers may be asked, matter here. Does not
 * check the rest, nor who presents the token. Safe for concurrent use.
 */
public final class TokenValidator implements AutoCloseable {

    private final JwtValidator jwts;
    private final Introspectors introspectors;
    private final Upstreams upstreams;
    private final ChosenSignatures signatures;
    private final Environment environment;

    /** Who verifies signatures, and as what it was configured: trying a provider takes a while. */
    private record ChosenSignatures(CryptoConfig config, SignatureVerifier verifier) {

        static ChosenSignatures of(CryptoConfig config) {
            return new ChosenSignatures(
                    config, config.find().map(Signatures::by).orElseGet(Signatures::byRuntime));
        }
    }

    private TokenValidator(
            JwtValidator jwts,
            Introspectors introspectors,
            Upstreams upstreams,
            ChosenSignatures signatures,
            Environment environment) {
        this.jwts = jwts;
        this.environment = environment;
        this.signatures = signatures;
        this.introspectors = introspectors;
        this.upstreams = upstreams;
    }

    /**
     * A validator for the issuers of {@code config}, which obeys {@link dev.scopegate.config.ConfigChecks}. Begins to fetch
     * keys in the background and waits for no issuer.
     *
     * @param environment the clocks, and who is told what goes on
     * @throws java.io.UncheckedIOException if a file that {@code config} names cannot be read
     */
    public static TokenValidator of(ScopegateConfig config, Environment environment) {
        ChosenSignatures signatures = ChosenSignatures.of(config.crypto());
        return over(Upstreams.of(config, environment), signatures, config, environment);
    }

    /** As {@link #of(ScopegateConfig, Environment)} makes it, with nobody listening. */
    public static TokenValidator of(ScopegateConfig config, InstantSource clock) {
        return of(config, Environment.unobserved(clock));
    }

    /**
     * A validator for the issuers of {@code config} that follows this one. Keys, metadata and connections that the two have
     * in common are handed over as they are; introspection clients, their secrets and what they remember are made anew. This
     * one goes on as before until it is closed, also if this throws.
     *
     * @throws java.io.UncheckedIOException if a file that {@code config} names cannot be read
     */
    public TokenValidator successor(ScopegateConfig config) {
        ChosenSignatures chosen =
                signatures.config.equals(config.crypto()) ? signatures : ChosenSignatures.of(config.crypto());
        return over(upstreams.successor(config), chosen, config, environment);
    }

    private static TokenValidator over(
            Upstreams upstreams, ChosenSignatures signatures, ScopegateConfig config, Environment environment) {
        Introspectors.Builder asked = new Introspectors.Builder();
        try {
            InstantSource clock = environment.clock();
            Map<String, JwtValidator.TrustedIssuer> issuers = new HashMap<>();
            List<String> names = config.issuerNames();
            for (int i = 0; i < names.size(); i++) {
                IssuerConfig issuer = config.issuers().get(i);
                IssuerTerms terms = IssuerTerms.of(names.get(i), issuer, config.resource());
                ClaimChecks checks = new ClaimChecks(terms, clock);
                IssuerKeys keys = upstreams.keys(issuer.issuer());
                issuers.put(issuer.issuer(), new JwtValidator.TrustedIssuer(terms, issuer.algorithms(), keys, checks));
                if (issuer.introspection().isConfigured()) {
                    asked.add(
                            issuer.issuer(),
                            issuer.introspection().tokenPrefix(),
                            Introspector.of(terms, issuer, config.resource(), upstreams, checks, environment));
                }
            }
            VerifiedTokens verified =
                    new VerifiedTokens(config.tokens().cache(), clock, environment.ticker(), environment.upkeep());
            JwtValidator jwts = new JwtValidator(issuers, signatures.verifier, verified);
            return new TokenValidator(jwts, asked.build(), upstreams, signatures, environment);
        } catch (RuntimeException | Error halfWay) {
            asked.build().close();
            upstreams.close();
            throw halfWay;
        }
    }

    /**
     * The scopes that the issuers advertise, all together; empty if one of them says nothing of its own, or is not asked what it
     * says of itself. Asks them, and waits.
     *
     * @throws IOException if an issuer cannot be asked now
     */
    public Optional<Set<String>> advertisedScopes(ScopegateConfig config) throws IOException {
        Set<String> scopes = new HashSet<>();
        for (IssuerConfig issuer : config.issuers()) {
            boolean discovered = issuer.jwks().uri().isEmpty()
                    && issuer.jwks().file().isEmpty()
                    && issuer.sharedSecretFile().isEmpty();
            List<String> own = discovered ? upstreams.metadata(issuer.issuer()).scopesSupported() : List.of();
            if (own.isEmpty()) {
                return Optional.empty();
            }
            scopes.addAll(own);
        }
        return Optional.of(scopes);
    }

    /** How it stands with the keys of each issuer that has some fetched. */
    public List<KeySetStatus> keySets() {
        return upstreams.keySets();
    }

    /** How it stands with each issuer that is asked about tokens. */
    public List<IntrospectionState> introspections() {
        return introspectors.all().stream().map(Introspector::state).toList();
    }

    /** How many verified tokens are remembered now. */
    public long rememberedTokens() {
        return jwts.rememberedTokens();
    }

    /** How many answers of issuers are kept now. */
    public long keptAnswers() {
        return introspectors.all().stream().mapToLong(Introspector::keptAnswers).sum();
    }

    /**
     * The verdict on {@code token} where {@code requirement} is asked. Waits for the issuer where it has to be asked.
     *
     * @param requirement which issuers the route takes, and how old what they said may be; of the rest nothing is looked at
     */
    public Validation validate(AccessToken token, RouteRequirement requirement) {
        if (CompactJws.isShapeOf(token)) {
            Validation verdict = jwts.validate(token);
            // A JWT that fails here is nobody else's business: it may be an attacker's, or a secret of another server.
            return verdict instanceof Validation.Valid valid ? confirmed(token, valid, requirement) : verdict;
        }
        String text = token.value();
        if (!B64Token.is(text)) {
            return new Validation.Refused(RefusalReason.CREDENTIALS_MALFORMED);
        }
        Owner owner = introspectors.ownerOf(text, requirement);
        if (owner instanceof Owner.Known known) {
            return known.introspector().validate(text, requirement.maxStaleness());
        }
        return new Validation.Refused(
                owner instanceof Owner.NotAccepted ? RefusalReason.ISSUER_NOT_ACCEPTED : RefusalReason.TOKEN_MALFORMED);
    }

    private Validation confirmed(AccessToken token, Validation.Valid jwt, RouteRequirement requirement) {
        Optional<Introspector> introspector = introspectors.of(jwt.token().issuer());
        if (introspector.isEmpty()) {
            // A route may want an issuer's word, and this one gives none: a revoked token would pass for a fresh one.
            return requirement.maxStaleness().isPresent()
                    ? new Validation.Refused(RefusalReason.ISSUER_NOT_ACCEPTED)
                    : jwt;
        }
        return isAsked(introspector.get(), requirement)
                ? introspector.get().confirm(token.value(), jwt.token(), requirement.maxStaleness())
                : jwt;
    }

    private static boolean isAsked(Introspector introspector, RouteRequirement requirement) {
        return introspector.asksAboutJwts() || requirement.maxStaleness().isPresent();
    }

    /**
     * The verdict on {@code token}, as {@link #validate} gives it, and what it came from. May ask an issuer once more.
     *
     * @param checks what the token is held to is added to it
     */
    public Validation explain(AccessToken token, RouteRequirement requirement, CheckList checks) {
        Validation verdict = validate(token, requirement);
        String text = token.value();
        if (!B64Token.is(text)) {
            // Nobody is asked about it; the verdict says it all.
        } else if (CompactJws.isShapeOf(token)) {
            Validation local = jwts.validate(token);
            jwts.explain(text, local, checks);
            if (local instanceof Validation.Valid jwt) {
                introspectors
                        .of(jwt.token().issuer())
                        .filter(asked -> isAsked(asked, requirement))
                        .ifPresent(asked -> asked.explain(text, jwt.token(), requirement.maxStaleness(), checks));
            }
        } else if (introspectors.ownerOf(text, requirement) instanceof Owner.Known known) {
            known.introspector().explain(text, requirement.maxStaleness(), checks);
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

    /**
     * Stops fetching keys and closes connections, but for what a successor has of it. Requests under way may end as undecided.
     * A second time does nothing.
     */
    @Override
    public void close() {
        introspectors.close();
        upstreams.close();
    }
}
