package dev.scopegate.bench;

import com.nimbusds.jose.JWSAlgorithm;
import dev.scopegate.ResourceServer;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.model.Access;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.test.TestIssuer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Steps 2 to 7 on one request: a public route as the floor, and a signed token, seen before, on a protected one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecisionBenchmark {

    private static final String RESOURCE = "https://api.example.com/contacts";

    /** The algorithm that the token is signed with. */
    @Param({"RS256", "ES256"})
    public String algorithm = "RS256";

    private TestIssuer issuer;
    private ResourceServer server;
    private RequestSnapshot protectedRequest;
    private RequestSnapshot publicRequest;

    /** Made by JMH. */
    @SuppressWarnings("NullAway.Init")
    public DecisionBenchmark() {}

    /** Starts an issuer, and lets the server fetch its keys. */
    @Setup
    public void start() {
        issuer = TestIssuer.start();
        server = ResourceServer.builder()
                .resource(RESOURCE)
                .issuer(issuer.issuer())
                .route("GET /contacts/**", "read:contacts")
                .route("GET /health", Access.PUBLIC)
                .http(HttpConfig.allowingInsecureLoopback())
                .build();
        String token = issuer.token()
                .audience(RESOURCE)
                .scope("read:contacts")
                .algorithm(JWSAlgorithm.parse(algorithm))
                .expiresAt(Instant.now().plusSeconds(3_600))
                .sign();
        protectedRequest = new RequestSnapshot("GET", "/contacts/7", "/contacts/7", List.of("Bearer " + token));
        publicRequest = new RequestSnapshot("GET", "/health", "/health", List.of());
        if (!(server.decide(protectedRequest) instanceof Decision.Permitted)) {
            throw new IllegalStateException("the token has to be good");
        }
    }

    /** Stops both. */
    @TearDown
    public void stop() {
        server.close();
        issuer.close();
    }

    /** A request that needs no token. */
    @Benchmark
    public Decision publicRoute() {
        return server.decide(publicRequest);
    }

    /** A request with a signed token that was seen before. */
    @Benchmark
    public Decision signedToken() {
        return server.decide(protectedRequest);
    }
}
