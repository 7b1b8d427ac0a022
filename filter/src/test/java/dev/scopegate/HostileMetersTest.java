package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import dev.scopegate.config.AuditConfig;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.JwksConfigBuilder;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.RouteConfigBuilder;
import dev.scopegate.config.Secret;
import dev.scopegate.model.Access;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.Surroundings;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A million requests by somebody who would like to fill the registry, the log or the memory: every refusal there is, on every rule, with
 * whatever they like for methods, paths, issuers, keys and tokens.
 */
@Timeout(300)
class HostileMetersTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final String AUDIENCE = "https://api.example.com/contacts";
    private static final int REQUESTS = 1_000_000;
    private static final int MOST_SERIES = 200;
    private static final long MOST_GROWTH = 32L << 20;

    /** For this one an endpoint would have to answer, a million times over. */
    private static final RefusalReason NEEDS_AN_ANSWER = RefusalReason.INACTIVE;

    private final Random random = new Random(43);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<String, List<String>> ready = new HashMap<>();
    private CapturedLog log;
    private ResourceServer server;

    @BeforeEach
    void start() {
        log = new CapturedLog();
        JwksConfigBuilder keys = JwksConfigBuilder.builder()
                .refreshInterval(Duration.ofDays(1))
                .maxStaleness(Duration.ofDays(2))
                .cooldown(Duration.ofHours(1));
        server = ResourceServer.builder()
                .resource(AUDIENCE)
                .issuer(IssuerConfig.builder(ISSUER.issuer())
                        .name("main")
                        .jwks(keys.build())
                        .requiredClaims(Map.of("tenant", "acme"))
                        .build())
                .issuer(IssuerConfig.builder("http://localhost:1")
                        .name("down")
                        .jwks(keys.uri(URI.create("http://localhost:1/keys")).build())
                        .introspection(IntrospectionConfig.basic("contacts-api", Secret.of("api-secret")))
                        .build())
                .route(RouteConfigBuilder.builder()
                        .route("GET /contacts/**")
                        .scopes(List.of("read:contacts"))
                        .claims(Map.of("department", "sales"))
                        .acr(List.of("gold"))
                        .maxAge(Duration.ofMinutes(5))
                        .build())
                .route(RouteConfigBuilder.builder()
                        .route("DELETE /contacts/{id}")
                        .scopes(List.of("delete:contacts"))
                        .issuer(List.of("down"))
                        .build())
                .route(RouteConfig.of("GET /health", Access.PUBLIC))
                .http(HttpConfig.allowingInsecureLoopback())
                .audit(new AuditConfig(AuditConfig.Log.ECS, 1, 50))
                .meterRegistry(meters)
                .build();
        prepare();
    }

    @AfterEach
    void stop() {
        server.close();
        log.close();
    }

    /** What is dear to make is made before: a good signature is no cheaper for an attacker. */
    private void prepare() {
        Instant now = Instant.now();
        for (int i = 0; i < 50; i++) {
            add("expired", good().expiresAt(now.minusSeconds(7_200)));
            add("future", good().notBefore(now.plusSeconds(3_600)));
            add("audience", good().audience("https://other.example.com"));
            add("claim", good().claim("tenant", "other" + i));
            add("scope", good().scope("s" + i));
            add("route claim", good().claim("department", "d" + i));
            add("acr", good().claim("acr", "lead"));
            add("old", good().claim("auth_time", now.minusSeconds(3_600).getEpochSecond()));
            add("bound", good().claim("cnf", Map.of("jkt", "A".repeat(43))));
            add("good", good().subject("mallory" + i));
            add("type", good().type("dpop+jwt"));
            add("crit", good().header("crit", List.of("x" + i)).header("x" + i, true));
        }
    }

    private static TokenBuilder good() {
        return ISSUER.token()
                .audience(AUDIENCE)
                .scope("read:contacts")
                .claim("tenant", "acme")
                .claim("department", "sales")
                .claim("acr", "gold")
                .claim("auth_time", Instant.now().getEpochSecond());
    }

    private void add(String kind, TokenBuilder token) {
        ready.computeIfAbsent(kind, fresh -> new ArrayList<>()).add(token.sign());
    }

    @Test
    void requests_aMillionHostileOnes_fewSeriesAndNoMemory() {
        judge(REQUESTS / 10);
        Set<String> early = words();
        long before = heap();

        judge(REQUESTS - REQUESTS / 10);

        assertThat(meters.getMeters()).hasSizeLessThanOrEqualTo(MOST_SERIES);
        assertThat(words())
                .as("what any request could add was there long before")
                .isEqualTo(early);
        assertThat(heap() - before).as("bytes that the heap grew by").isLessThan(MOST_GROWTH);
        assertThat(reasonsSeen())
                .containsAll(Arrays.stream(RefusalReason.values())
                        .filter(reason -> reason != NEEDS_AN_ANSWER)
                        .map(RefusalReason::code)
                        .toList());
        assertThat(counted()).isEqualTo(REQUESTS);
    }

    /** A new kind of text in a tag would show here, be it but one. */
    private Set<String> words() {
        return meters.getMeters().stream()
                .flatMap(meter -> meter.getId().getTags().stream())
                .map(Tag::getValue)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> reasonsSeen() {
        return meters.find("scopegate.requests").timers().stream()
                .filter(timer -> timer.count() > 0)
                .map(Meter::getId)
                .map(id -> String.valueOf(id.getTag("reason")))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private long counted() {
        return meters.find("scopegate.requests").timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void judge(int requests) {
        for (int i = 0; i < requests; i++) {
            server.judge(request(i), () -> Surroundings.NONE);
        }
    }

    private RequestSnapshot request(int i) {
        String path = path();
        return new RequestSnapshot(method(), path, path, authorization(i % 100));
    }

    private String method() {
        return switch (random.nextInt(5)) {
            case 0, 1, 2 -> "GET";
            case 3 -> "DELETE";
            default -> "BREW" + random.nextInt();
        };
    }

    private String path() {
        String tail = Integer.toHexString(random.nextInt());
        return switch (random.nextInt(8)) {
            case 0, 1, 2, 3, 4 -> "/contacts/" + tail;
            case 5 -> "/" + tail + "/" + "x".repeat(random.nextInt(100));
            case 6 -> "/health";
            default -> "/contacts;" + tail + "\r\n\u001b";
        };
    }

    private List<String> authorization(int kind) {
        String noise = Long.toHexString(random.nextLong());
        return switch (kind) {
            case 0 -> List.of();
            case 1 -> List.of("Basic " + noise);
            case 2 -> List.of("Bearer " + noise + " " + noise);
            case 3 -> List.of("Bearer " + noise, "Bearer a" + noise);
            case 4 -> List.of("Bearer " + "a".repeat(8_193));
            case 5 -> List.of("Bearer eyJ" + noise + ".." + noise);
            case 6 -> bearer(encoded("{\"alg\":\"dir\",\"enc\":\"A128GCM\"}") + "." + noise + ".a.b.c");
            case 7 -> bearer("type");
            case 8 -> bearer(unsigned("RS256", noise, "http://" + noise + ".example.com"));
            case 9 -> bearer(unsigned("HS256", noise, ISSUER.issuer()));
            case 10 -> bearer("crit");
            case 11 -> bearer(unsigned("RS256", noise, ISSUER.issuer()));
            case 12 -> bearer(unsigned("RS256", keyId(), ISSUER.issuer()));
            case 13 -> bearer("audience");
            case 14 -> bearer("expired");
            case 15 -> bearer("future");
            case 16 -> bearer("claim");
            case 17 -> bearer("bound");
            case 18 -> bearer("route claim");
            case 19 -> bearer("scope");
            case 20 -> bearer("acr");
            case 21 -> bearer("old");
            case 22 -> bearer("good");
            case 23 -> bearer(unsigned("RS256", noise, "http://localhost:1"));
            case 24 -> bearer("opaque-" + noise);
            default -> List.of("Bearer " + "=".repeat(random.nextInt(5)) + noise + "\u00e9");
        };
    }

    /** A token that was made before, or this one. */
    private List<String> bearer(String kind) {
        List<String> made = ready.get(kind);
        return List.of("Bearer " + (made == null ? kind : made.get(random.nextInt(made.size()))));
    }

    private static String keyId() {
        return ISSUER.signingKey(JWSAlgorithm.RS256).getKeyID();
    }

    private static String unsigned(String algorithm, String keyId, String issuer) {
        String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + keyId + "\"}";
        String claims = "{\"iss\":\"" + issuer + "\",\"aud\":\"" + AUDIENCE + "\",\"exp\":9999999999}";
        return encoded(header) + "." + encoded(claims) + "." + "A".repeat(342);
    }

    private static String encoded(String text) {
        return Base64URL.encode(text).toString();
    }
}
