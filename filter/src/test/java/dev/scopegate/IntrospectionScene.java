package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IntrospectionConfigBuilder;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.LoadedConfig;
import dev.scopegate.config.Locations;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.ScopegateConfigBuilder;
import dev.scopegate.config.Secret;
import dev.scopegate.model.Decision;
import dev.scopegate.model.ProblemRenderer;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.observe.DecisionEvents;
import dev.scopegate.observe.DecisionObserver;
import dev.scopegate.observe.ReloadObserver;
import dev.scopegate.observe.UpkeepObserver;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.validate.keys.KeySchedule;
import dev.scopegate.validate.keys.Upstreams.Environment;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/**
 * A resource server that asks issuers about tokens, in a time that only the test moves: tokens expire and answers grow old by its
 * clock, while what is asked goes over real sockets.
 */
public final class IntrospectionScene implements AutoCloseable {

    public static final String AUDIENCE = "https://api.example.com/contacts";

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-21T12:00:00Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ResourceServer server;
    private volatile LoadedConfig written;

    private IntrospectionScene(ScopegateConfig config) {
        written = new LoadedConfig(config, Locations.none("test"));
        UpkeepObserver upkeep = new UpkeepObserver(meters);
        Policy.Parts parts = new Policy.Parts(
                clock,
                ProblemRenderer.DEFAULT,
                new Environment(clock, clock::read, KeySchedule.Factory.BACKGROUND, upkeep));
        PolicyInForce inForce = new PolicyInForce(
                () -> written,
                (loaded, predecessor) -> Policy.of(loaded, parts, predecessor),
                clock,
                new ReloadObserver(meters, clock));
        server = new ResourceServer(
                inForce,
                new DecisionObserver(meters, new DecisionEvents(List.of(), clock), ObservationRegistry.NOOP),
                upkeep::caches,
                upkeep::close);
    }

    /** A server with these issuers and routes, all else by default. */
    public static IntrospectionScene of(List<IssuerConfig> issuers, RouteConfig... routes) {
        return new IntrospectionScene(config(issuers, routes));
    }

    private static ScopegateConfig config(List<IssuerConfig> issuers, RouteConfig... routes) {
        return ScopegateConfigBuilder.builder()
                .resource(AUDIENCE)
                .issuers(issuers)
                .routes(List.of(routes))
                .http(HttpConfig.allowingInsecureLoopback())
                .build();
    }

    /** Other issuers and routes from now on. */
    void reload(List<IssuerConfig> issuers, RouteConfig... routes) {
        written = new LoadedConfig(config(issuers, routes), Locations.none("test"));
        server.reload();
    }

    /** An issuer of this name that is asked about tokens by the client that it knows. */
    public static IssuerConfig asked(
            String name, TestIssuer issuer, UnaryOperator<IntrospectionConfigBuilder> settings) {
        return IssuerConfig.builder(issuer.issuer())
                .name(name)
                .introspection(settings.apply(IntrospectionConfigBuilder.builder(IntrospectionConfig.basic(
                                        TestIssuer.CLIENT_ID, Secret.of(TestIssuer.CLIENT_SECRET)))
                                .endpoint(issuer.introspectionEndpoint()))
                        .build())
                .build();
    }

    /** An opaque token that is good for {@code GET /contacts} here. */
    static String opaque(TestIssuer issuer) {
        return issuer.opaque(Map.of("aud", AUDIENCE, "sub", "alice", "scope", "read"));
    }

    /** From now on, this is what {@code issuer} says of a token. */
    static StubMapping says(TestIssuer issuer, String token, Map<String, ?> members) {
        Map<String, Object> answer = new HashMap<>(Map.of("active", true, "aud", AUDIENCE));
        answer.putAll(members);
        return answers(issuer, token, okJson(JSONObjectUtils.toJSONString(answer)));
    }

    /** From now on, this is how {@code issuer} answers a question about a token. */
    static StubMapping answers(TestIssuer issuer, String token, ResponseDefinitionBuilder how) {
        return issuer.wireMock()
                .stubFor(post(urlEqualTo("/introspect"))
                        .withFormParam("token", equalTo(token))
                        .willReturn(how));
    }

    /** From now on, this is how {@code issuer} answers each question. */
    static StubMapping answersAll(TestIssuer issuer, ResponseDefinitionBuilder how) {
        return issuer.wireMock().stubFor(post(urlEqualTo("/introspect")).willReturn(how));
    }

    /** How often {@code issuer} was asked about a token. */
    static int asked(TestIssuer issuer, String token) {
        return issuer.wireMock()
                .findAll(postRequestedFor(urlEqualTo("/introspect")).withFormParam("token", equalTo(token)))
                .size();
    }

    public MutableClock clock() {
        return clock;
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    /** How often what the meters of this name and these tags count has happened. */
    double counted(String name, String... tags) {
        return meters.find(name).tags(tags).meters().stream()
                .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
                .filter(measured ->
                        measured.getStatistic().getTagValueRepresentation().equals("count"))
                .mapToDouble(measured -> measured.getValue())
                .sum();
    }

    /** All that the meters are called. */
    List<Meter.Id> meterIds() {
        return meters.getMeters().stream().map(Meter::getId).toList();
    }

    public ResourceServer server() {
        return server;
    }

    static RequestSnapshot request(String method, String path, String token) {
        return new RequestSnapshot(method, path, path, List.of("Bearer " + token));
    }

    Decision decide(String method, String path, String token) {
        return server.decide(request(method, path, token));
    }

    /** {@code PERMITTED}, {@code UNDECIDED}, or the reason of a refusal. */
    String verdict(String method, String path, String token) {
        return verdict(decide(method, path, token));
    }

    /** The verdict on {@code GET /contacts}. */
    String verdict(String token) {
        return verdict("GET", "/contacts", token);
    }

    static String verdict(Decision decision) {
        if (decision instanceof Decision.Refused refused) {
            return refused.reason().name();
        }
        return decision instanceof Decision.Permitted ? "PERMITTED" : "UNDECIDED";
    }

    /** Who calls {@code GET /contacts} with a token that is permitted. */
    ValidatedToken caller(String token) {
        return decide("GET", "/contacts", token).token().orElseThrow();
    }

    @Override
    public void close() {
        server.close();
    }
}
