package dev.scopegate;

import dev.scopegate.challenge.Challenger;
import dev.scopegate.challenge.ResourceMetadata;
import dev.scopegate.config.ChallengeConfig;
import dev.scopegate.config.ConfigChecks;
import dev.scopegate.config.ConfigException;
import dev.scopegate.config.ConfigProblem;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.LoadedConfig;
import dev.scopegate.config.Locations;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.TokensConfig;
import dev.scopegate.extract.AuthorizationHeader;
import dev.scopegate.model.Access;
import dev.scopegate.observe.DecisionObserver;
import dev.scopegate.route.Authorizer;
import dev.scopegate.route.RouteTable;
import dev.scopegate.validate.TokenValidator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Builds a {@link ResourceServer}, in Java what {@code scopegate.yaml} says in a file. What a file would be refused for,
 * {@link #build()} refuses with the same words.
 *
 * <p>Not thread-safe; use one per server.
 */
public final class ResourceServerBuilder {

    private final Locations locations;
    private Optional<String> resource = Optional.empty();
    private final List<IssuerConfig> issuers = new ArrayList<>();
    private final List<RouteConfig> routes = new ArrayList<>();
    private TokensConfig tokens;
    private Access defaultAccess = Access.DENY;
    private ChallengeConfig challenge;
    private HttpConfig http;
    private MeterRegistry meters = Metrics.globalRegistry;
    private Clock clock = Clock.systemUTC();

    ResourceServerBuilder() {
        this(new LoadedConfig(ScopegateConfig.EMPTY, Locations.none("ResourceServer")));
    }

    ResourceServerBuilder(LoadedConfig loaded) {
        ScopegateConfig config = loaded.config();
        locations = loaded.locations();
        resource = config.resource();
        issuers.addAll(config.issuers());
        tokens = config.tokens();
        routes.addAll(config.routes());
        defaultAccess = config.defaultAccess();
        challenge = config.challenge();
        http = config.http();
    }

    /** The identifier of the protected resource, such as {@code https://api.example.com/contacts}. */
    public ResourceServerBuilder resource(String identifier) {
        resource = Optional.of(identifier);
        return this;
    }

    /** Trusts an issuer of JWTs, all else about it by discovery and default. */
    public ResourceServerBuilder issuer(String identifier) {
        return issuer(IssuerConfig.of(identifier));
    }

    /** Trusts an issuer. */
    public ResourceServerBuilder issuer(IssuerConfig issuer) {
        issuers.add(issuer);
        return this;
    }

    /** Requires all of {@code scopes} on a route such as {@code GET /contacts/**}. */
    public ResourceServerBuilder route(String route, String... scopes) {
        return route(RouteConfig.requiring(route, scopes));
    }

    /** Says who may use a route, without asking for scopes. */
    public ResourceServerBuilder route(String route, Access access) {
        return route(RouteConfig.of(route, access));
    }

    /** Adds a rule. */
    public ResourceServerBuilder route(RouteConfig route) {
        routes.add(route);
        return this;
    }

    /** What applies where no rule names the route; denied unless this is called. */
    public ResourceServerBuilder defaultAccess(Access access) {
        defaultAccess = access;
        return this;
    }

    /** How clients send tokens. */
    public ResourceServerBuilder tokens(TokensConfig config) {
        tokens = config;
        return this;
    }

    /** What refusals say. */
    public ResourceServerBuilder challenge(ChallengeConfig config) {
        challenge = config;
        return this;
    }

    /** How issuers are called. */
    public ResourceServerBuilder http(HttpConfig config) {
        http = config;
        return this;
    }

    /** Where decisions are counted; Micrometer's global registry unless this is called. */
    public ResourceServerBuilder meterRegistry(MeterRegistry registry) {
        meters = registry;
        return this;
    }

    /** By which clock tokens expire; the system's unless this is called. */
    public ResourceServerBuilder clock(Clock wallClock) {
        clock = wallClock;
        return this;
    }

    /**
     * The server. Begins to fetch keys in the background and waits for no issuer, so an issuer that is down does not keep
     * an application from starting.
     *
     * @throws ConfigException if the configuration has mistakes; the message lists all of them
     */
    public ResourceServer build() {
        ScopegateConfig config = new ScopegateConfig(
                resource, ScopegateConfig.Mode.ENFORCE, issuers, tokens, routes, defaultAccess, challenge, http);
        List<ConfigProblem> problems = new ArrayList<>(ConfigChecks.problems(config));
        RouteTable table = RouteTable.compile(config.routes(), config.defaultAccess(), problems::add);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems, locations);
        }
        Optional<ResourceMetadata> metadata = metadata(config);
        return new ResourceServer(
                table,
                new AuthorizationHeader(config.tokens().maxBytes()),
                TokenValidator.of(config, clock),
                new Authorizer(clock),
                new DecisionObserver(meters),
                new Challenger(realm(config), metadata.map(ResourceMetadata::url)),
                metadata);
    }

    private static String realm(ScopegateConfig config) {
        return config.challenge().realm().or(config::resource).orElse("scopegate");
    }

    private static Optional<ResourceMetadata> metadata(ScopegateConfig config) {
        if (!config.challenge().metadata()) {
            return Optional.empty();
        }
        List<String> servers =
                config.issuers().stream().map(IssuerConfig::issuer).toList();
        Set<String> scopes = new TreeSet<>();
        config.routes().forEach(route -> {
            scopes.addAll(route.scopes());
            scopes.addAll(route.anyScope());
        });
        return config.resource().map(identifier -> new ResourceMetadata(identifier, servers, scopes));
    }
}
