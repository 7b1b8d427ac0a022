package dev.scopegate;

import dev.scopegate.challenge.Challenger;
import dev.scopegate.challenge.ResourceMetadata;
import dev.scopegate.config.ConfigChecks;
import dev.scopegate.config.ConfigException;
import dev.scopegate.config.ConfigProblem;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.LoadedConfig;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.ScopegateConfig.CorsPreflight;
import dev.scopegate.config.TlsBundleChecks;
import dev.scopegate.config.TlsBundles;
import dev.scopegate.confirm.Confirmation;
import dev.scopegate.extract.TokenExtractor;
import dev.scopegate.model.Access;
import dev.scopegate.model.Answer;
import dev.scopegate.model.CorrelationIds;
import dev.scopegate.model.Credentials;
import dev.scopegate.model.Decision;
import dev.scopegate.model.Explanation;
import dev.scopegate.model.ProblemRenderer;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.model.Surroundings;
import dev.scopegate.model.Transport;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.model.Validation;
import dev.scopegate.route.Authorizer;
import dev.scopegate.route.PathGuard;
import dev.scopegate.route.RouteTable;
import dev.scopegate.validate.TokenValidator;
import dev.scopegate.validate.keys.Upstreams.Environment;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * One configuration in force: the ten steps, in their order. A server that reloads replaces the whole of it, so a request
 * never sees half of a change.
 *
 * <p>Immutable but for the count of those who use it; safe for concurrent use.
 */
final class Policy {

    /**
     * What a policy is made of besides its configuration; the same for all policies of a server.
     *
     * @param clock by which tokens expire
     * @param bodies who writes the bodies of refusals
     * @param environment by which clocks keys and answers are kept, and who is told how they fare
     */
    record Parts(Clock clock, ProblemRenderer bodies, Environment environment) {}

    private final ScopegateConfig config;
    private final RouteTable routes;
    private final TokenExtractor extractor;
    private final TokenValidator tokens;
    private final Authorizer authorizer;
    private final Challenger challenger;
    private final ExternalUrl externalUrl;
    private final Optional<ResourceMetadata> metadata;
    private final boolean preflightsPass;

    /** One for being in force, and one for each request under way; none: it is closed. */
    private final AtomicInteger uses = new AtomicInteger(1);

    private Policy(ScopegateConfig config, RouteTable routes, TokenValidator tokens, Parts parts) {
        this.config = config;
        this.routes = routes;
        this.tokens = tokens;
        extractor =
                new TokenExtractor(config.tokens().transports(), config.tokens().maxBytes());
        authorizer = new Authorizer(parts.clock);
        challenger =
                new Challenger(config.challenge().realm().or(config::resource).orElse("scopegate"), parts.bodies);
        externalUrl = new ExternalUrl(config);
        metadata = metadata(config);
        preflightsPass = config.corsPreflight() == CorsPreflight.PASS;
    }

    /**
     * The policy that a configuration describes.
     *
     * @param predecessor the policy that it replaces, which hands over what did not change
     * @throws ConfigException if the configuration has mistakes; the message lists all of them
     */
    static Policy of(LoadedConfig loaded, Parts parts, Optional<Policy> predecessor) {
        RouteTable table = checked(loaded, parts.environment.bundles());
        ScopegateConfig config = loaded.config();
        TokenValidator tokens = predecessor
                .map(old -> old.tokens.successor(config))
                .orElseGet(() -> TokenValidator.of(config, parts.environment));
        return new Policy(config, table, tokens, parts);
    }

    /**
     * The routes of a configuration, after all of it was checked. Starts nothing.
     *
     * @param bundles what its keys {@code ssl-bundle} name
     * @throws ConfigException if the configuration has mistakes; the message lists all of them
     */
    static RouteTable checked(LoadedConfig loaded, TlsBundles bundles) {
        ScopegateConfig config = loaded.config();
        List<ConfigProblem> problems = new ArrayList<>(ConfigChecks.problems(config));
        problems.addAll(TlsBundleChecks.problems(config, bundles));
        RouteTable table = RouteTable.compile(config.routes(), config.defaultAccess(), config.mode(), problems::add);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems, loaded.locations());
        }
        return table;
    }

    private static Optional<ResourceMetadata> metadata(ScopegateConfig config) {
        if (!config.challenge().metadata()) {
            return Optional.empty();
        }
        List<String> servers =
                config.issuers().stream().map(IssuerConfig::issuer).toList();
        Set<String> scopes = config.routes().stream()
                .flatMap(RouteConfig::namedScopes)
                // What clients can ask an issuer for; a role is nothing of that kind.
                .filter(scope -> !config.isMappedFromClaim(scope))
                .collect(Collectors.toCollection(TreeSet::new));
        return config.resource()
                .map(identifier -> new ResourceMetadata(
                        identifier,
                        config.challenge().resourceName(),
                        servers,
                        scopes,
                        config.tokens().transports()));
    }

    ScopegateConfig config() {
        return config;
    }

    /** Counts one more user; false if the policy is closed, and another one is in force. */
    boolean acquire() {
        int now = uses.get();
        while (now > 0 && !uses.compareAndSet(now, now + 1)) {
            now = uses.get();
        }
        return now > 0;
    }

    /** Counts one user less. The last one closes what was not handed over to the successor. */
    void release() {
        if (uses.decrementAndGet() == 0) {
            tokens.close();
        }
    }

    /** What validates tokens, for those who look how it fares. */
    TokenValidator tokens() {
        return tokens;
    }

    /** The scopes that issuers advertise: see {@link TokenValidator#advertisedScopes}. */
    Optional<Set<String>> advertisedScopes() throws IOException {
        return tokens.advertisedScopes(config);
    }

    Decision decide(RequestSnapshot request) {
        if (PathGuard.isAmbiguous(request.rawPath())) {
            return refused(anywhere(RouteRequirement.NO_RULE, Access.DENY), RefusalReason.PATH_AMBIGUOUS);
        }
        if (preflightsPass && request.preflight()) {
            // Browsers send no credentials with it, and it changes nothing; the request that follows is judged.
            return new Decision.Permitted(anywhere(RouteRequirement.PREFLIGHT, Access.PUBLIC), Optional.empty());
        }
        return decide(request, routes.match(request.method(), request.path()));
    }

    Optional<Decision> decideInner(RequestSnapshot target, Optional<ValidatedToken> known) {
        return routes.rule(target.method(), target.path())
                // What was known when the request arrived is too old for a target that wants the issuer's word of now.
                .map(requirement -> known.filter(
                                token -> requirement.maxStaleness().isEmpty())
                        .map(token -> authorizer.decide(requirement, token))
                        .orElseGet(() -> decide(target, requirement)));
    }

    /** The decision on what code behind the filter asks of the caller that it was given. */
    Decision decideFor(RouteRequirement requirement, Optional<ValidatedToken> caller) {
        return caller.map(token -> authorizer.decide(requirement, token))
                .orElseGet(() -> refused(requirement, RefusalReason.CREDENTIALS_ABSENT));
    }

    /** What becomes of a request, and why. Counts and logs nothing. */
    Explanation explain(RequestSnapshot request) {
        Optional<Answer> document = published(request);
        if (document.isPresent()) {
            RouteRequirement open = anywhere("protected-resource-metadata", Access.PUBLIC);
            return new Explanation(new Decision.Permitted(open, Optional.empty()), List.of(), List.of(), document);
        }
        Decision decision = decide(request);
        RouteRequirement requirement = decision.requirement();
        List<RouteRequirement> others = routes.candidates(request.method(), request.path()).stream()
                // A path that can be read in two ways names no rule.
                .filter(rule -> !rule.equals(requirement) && !PathGuard.isAmbiguous(request.rawPath()))
                .toList();
        return new Explanation(
                decision,
                others,
                new Explainer(extractor, tokens, authorizer)
                        .explain(request, requirement)
                        .checks(),
                decision instanceof Decision.Permitted
                        ? Optional.empty()
                        : Optional.of(answer(decision, CorrelationIds.NONE, Surroundings.NONE)));
    }

    /** The answer to a request for a document that the server publishes. */
    Optional<Answer> published(RequestSnapshot request) {
        return metadata.isPresent() ? metadata.get().answer(request) : Optional.empty();
    }

    /** What a decision that is not in favour answers. */
    Answer answer(Decision decision, String correlationId, Surroundings surroundings) {
        if (decision instanceof Decision.Refused refused) {
            Optional<URI> base = externalUrl.base(surroundings);
            return challenger.refused(
                    refused,
                    correlationId,
                    surroundings.accept(),
                    metadata.flatMap(document -> base.map(document::url)));
        }
        return challenger.undecided((Decision.Undecided) decision, correlationId, surroundings.accept());
    }

    /** Whether the token of a request stands in its URL. */
    boolean presentsInUrl(RequestSnapshot request) {
        return !request.elsewhere().query().isEmpty()
                && extractor.extract(request) instanceof Credentials.Presented presented
                && presented.via().kind() == Transport.Kind.QUERY;
    }

    private Decision decide(RequestSnapshot request, RouteRequirement requirement) {
        if (requirement.access() == Access.PUBLIC) {
            return new Decision.Permitted(requirement, Optional.empty());
        }
        Credentials presented = extractor.extract(request);
        if (presented instanceof Credentials.Malformed malformed) {
            return refused(requirement, malformed.reason());
        }
        if (presented instanceof Credentials.Presented token) {
            return decide(tokens.validate(token.token(), requirement), requirement);
        }
        return switch (requirement.access()) {
            case OPTIONAL -> new Decision.Permitted(requirement, Optional.empty());
            case DENY -> refused(requirement, RefusalReason.ROUTE_DENIED);
            default -> refused(requirement, RefusalReason.CREDENTIALS_ABSENT);
        };
    }

    private Decision decide(Validation validation, RouteRequirement requirement) {
        if (validation instanceof Validation.Refused refused) {
            return refused(requirement, refused.reason());
        }
        if (validation instanceof Validation.Undecided undecided) {
            return new Decision.Undecided(requirement, undecided.reason(), undecided.retryAfter());
        }
        Validation.Valid valid = (Validation.Valid) validation;
        Optional<RefusalReason> unconfirmed = Confirmation.refusal(valid);
        return unconfirmed.isPresent()
                ? refused(requirement, unconfirmed.get())
                : authorizer.decide(requirement, valid.token());
    }

    private RouteRequirement anywhere(String route, Access access) {
        return RouteRequirement.of(route, access, config.mode());
    }

    private static Decision refused(RouteRequirement requirement, RefusalReason reason) {
        return new Decision.Refused(requirement, reason, Optional.empty());
    }
}
