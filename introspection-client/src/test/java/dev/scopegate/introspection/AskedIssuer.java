package dev.scopegate.introspection;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.scopegate.introspection.authentication.ClientSecretBasic;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An issuer as those see it who ask it: it answers as it should, or as a test wants it to, its calls are counted from here on, and
 * time goes by only when the test says so.
 */
final class AskedIssuer implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final MutableClock clock = MutableClock.at(NOW);
    final Counted counted = new Counted();
    private final TestIssuer issuer;
    private final int before;
    private final BoundedHttpClient http =
            BoundedHttpClient.builder().exchangeTimeout(PATIENCE).build();
    private final List<StubMapping> stubs = new ArrayList<>();

    AskedIssuer(TestIssuer issuer) {
        this.issuer = issuer;
        this.before = issuer.introspectionCalls();
    }

    /** A client by this clock, whose waiting times are not spread. */
    IntrospectionClientBuilder client() {
        return client(issuer::introspectionEndpoint, TestIssuer.CLIENT_SECRET);
    }

    /** As {@link #client()}, which finds the endpoint and names its secret in another way. */
    IntrospectionClientBuilder client(EndpointSource endpoint, String secret) {
        return IntrospectionClient.builder(endpoint, new ClientSecretBasic(TestIssuer.CLIENT_ID, secret))
                .http(http)
                .timeout(PATIENCE)
                .clock(clock)
                .ticker(clock::read)
                .jitter(() -> 0)
                .listener(counted);
    }

    /** What {@code client} says of {@code token}, in two words at most. */
    static String verdict(IntrospectionClient client, String token, Optional<Duration> maxStaleness) {
        try {
            IntrospectionResult result =
                    maxStaleness.isPresent() ? client.introspect(token, maxStaleness.get()) : client.introspect(token);
            if (result instanceof Active active) {
                return active.lastKnown() ? "last known" : "active";
            }
            return "inactive";
        } catch (IntrospectionException none) {
            return "none";
        }
    }

    /** How often it was asked. */
    int calls() {
        return issuer.introspectionCalls() - before;
    }

    /** It answers everybody in this way. */
    void answerWith(ResponseDefinitionBuilder answer) {
        stubs.add(issuer.wireMock()
                .stubFor(post(urlEqualTo("/introspect")).atPriority(1).willReturn(answer)));
    }

    void answerWith(int status) {
        answerWith(aResponse().withStatus(status));
    }

    /** It runs, and answers as it should. */
    void recover() {
        stubs.forEach(stub -> issuer.wireMock().removeStub(stub));
        stubs.clear();
        issuer.restart();
    }

    @Override
    public void close() {
        recover();
        http.close();
    }
}
