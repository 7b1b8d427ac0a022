package dev.scopegate;

import dev.scopegate.config.AuditConfig;
import dev.scopegate.config.ChallengeConfig;
import dev.scopegate.config.ConfigException;
import dev.scopegate.config.ConfigSource;
import dev.scopegate.config.CryptoConfig;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IpNetwork;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.LoadedConfig;
import dev.scopegate.config.Locations;
import dev.scopegate.config.OpenApiRoutes;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.ScopegateConfig.CorsPreflight;
import dev.scopegate.config.ScopegateConfigBuilder;
import dev.scopegate.config.TlsBundles;
import dev.scopegate.config.TokensConfig;
import dev.scopegate.model.Access;
import dev.scopegate.model.DecisionListener;
import dev.scopegate.model.Mode;
import dev.scopegate.model.ProblemRenderer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Builds a {@link ResourceServer}, in Java what {@code scopegate.yaml} says in a file. What a file would be refused for,
 * {@link #build()} refuses with the same words. What is said here comes on top of the configuration that the builder
 * started with, also when that is reloaded.
 *
 * <p>Not thread-safe; use one per server.
 */
public final class ResourceServerBuilder {

    private final ConfigSource source;
    private final List<Consumer<ScopegateConfigBuilder>> settings = new ArrayList<>();
    private final List<IssuerConfig> issuers = new ArrayList<>();
    private final List<RouteConfig> routes = new ArrayList<>();
    private MeterRegistry meters = Metrics.globalRegistry;
    private ObservationRegistry observations = ObservationRegistry.NOOP;
    private Clock clock = Clock.systemUTC();
    private ProblemRenderer bodies = ProblemRenderer.DEFAULT;
    private final List<DecisionListener> listeners = new ArrayList<>();
    private TlsBundles bundles = TlsBundles.NONE;

    ResourceServerBuilder() {
        this(() -> new LoadedConfig(ScopegateConfig.EMPTY, Locations.none("ResourceServer")));
    }

    ResourceServerBuilder(ConfigSource source) {
        this.source = source;
    }

    /** The identifier of the protected resource, such as {@code https://api.example.com/contacts}. */
    public ResourceServerBuilder resource(String identifier) {
        return set(config -> config.resource(identifier));
    }

    /** What is done with refusals, where a route does not say otherwise. */
    public ResourceServerBuilder mode(Mode mode) {
        return set(config -> config.mode(mode));
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
        return set(config -> config.defaultAccess(access));
    }

    /** How clients send tokens. */
    public ResourceServerBuilder tokens(TokensConfig tokens) {
        return set(config -> config.tokens(tokens));
    }

    /** What refusals say. */
    public ResourceServerBuilder challenge(ChallengeConfig challenge) {
        return set(config -> config.challenge(challenge));
    }

    /** What clients see as the address of the application, such as {@code https://api.example.com}. */
    public ResourceServerBuilder externalUrl(String url) {
        return set(config -> config.externalUrl(url));
    }

    /** Whose {@code Forwarded} fields are believed, such as {@code 127.0.0.1/32}. */
    public ResourceServerBuilder trustedProxies(String... networks) {
        List<IpNetwork> proxies = List.of(networks).stream().map(IpNetwork::of).toList();
        return set(config -> config.trustedProxies(proxies));
    }

    /** What is done with the preflight requests of browsers; they are judged unless this is called. */
    public ResourceServerBuilder corsPreflight(CorsPreflight preflight) {
        return set(config -> config.corsPreflight(preflight));
    }

    /** How issuers are called. */
    public ResourceServerBuilder http(HttpConfig http) {
        return set(config -> config.http(http));
    }

    /** Who verifies signatures. */
    public ResourceServerBuilder crypto(CryptoConfig crypto) {
        return set(config -> config.crypto(crypto));
    }

    /** What is written of each decision; nothing unless this is called. */
    public ResourceServerBuilder audit(AuditConfig audit) {
        return set(config -> config.audit(audit));
    }

    /** Where decisions are counted; Micrometer's global registry unless this is called. */
    public ResourceServerBuilder meterRegistry(MeterRegistry registry) {
        meters = registry;
        return this;
    }

    /** Where calls to issuers are observed, and decisions on requests that are; nowhere unless this is called. */
    public ResourceServerBuilder observationRegistry(ObservationRegistry registry) {
        observations = registry;
        return this;
    }

    /** By which clock tokens expire; the system's unless this is called. */
    public ResourceServerBuilder clock(Clock wallClock) {
        clock = wallClock;
        return this;
    }

    /** Who writes the bodies of refusals; problem documents, or a page for browsers, unless this is called. */
    public ResourceServerBuilder problemRenderer(ProblemRenderer renderer) {
        bodies = renderer;
        return this;
    }

    /** What the keys {@code ssl-bundle} of the configuration name; nothing unless this is called. */
    public ResourceServerBuilder tlsBundles(TlsBundles named) {
        bundles = named;
        return this;
    }

    /** Who is told of each decision; may be called several times. */
    public ResourceServerBuilder decisionListener(DecisionListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * The server. Begins to fetch keys in the background and waits for no issuer, so an issuer that is down does not keep
     * an application from starting.
     *
     * @throws ConfigException if the configuration has mistakes; the message lists all of them
     */
    public ResourceServer build() {
        return new Assembly(clock, meters, observations, bodies, listeners, bundles).serving(completed());
    }

    /**
     * The configuration that {@link #build()} would put in force, with the rules of {@code routes-from}. Reads and checks it,
     * starts nothing and calls no one.
     *
     * @throws ConfigException if the configuration has mistakes; the message lists all of them
     */
    public LoadedConfig check() {
        LoadedConfig loaded = completed().load();
        Policy.checked(loaded, bundles);
        return loaded;
    }

    /** The source, with what was said here on top; later calls on this builder do not change it. */
    private ConfigSource completed() {
        List<Consumer<ScopegateConfigBuilder>> said = List.copyOf(settings);
        List<IssuerConfig> moreIssuers = List.copyOf(issuers);
        List<RouteConfig> moreRoutes = List.copyOf(routes);
        return () -> {
            LoadedConfig loaded = source.load();
            ScopegateConfigBuilder config = ScopegateConfigBuilder.builder(loaded.config());
            said.forEach(setting -> setting.accept(config));
            config.issuers(joined(loaded.config().issuers(), moreIssuers));
            config.routes(joined(loaded.config().routes(), moreRoutes));
            return OpenApiRoutes.joined(loaded.with(config.build()));
        };
    }

    private ResourceServerBuilder set(Consumer<ScopegateConfigBuilder> setting) {
        settings.add(setting);
        return this;
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
