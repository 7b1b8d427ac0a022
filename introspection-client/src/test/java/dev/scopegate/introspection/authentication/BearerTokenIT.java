package dev.scopegate.introspection.authentication;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a token of our own is asked for, and when not. */
@Timeout(60)
class BearerTokenIT {

    private static final URI INTROSPECTION = URI.create("https://login.example.com/introspect");

    private static WireMockServer server;

    private final MutableClock clock = MutableClock.at(Instant.EPOCH);
    private final BoundedHttpClient http = BoundedHttpClient.builder().build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BearerToken bearer = bearer(List.of("introspect", "read"), BearerTokenIT::tokenEndpoint);

    @BeforeAll
    static void start() {
        server = new WireMockServer(
                WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @BeforeEach
    void giveFirst() {
        server.resetAll();
        give("first", 3600);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        http.close();
    }

    @Test
    @Requirement("RFC6749 §4.4")
    void present_firstTime_askedByTheGrantAsOurClient() throws IOException {
        assertThat(shown()).isEqualTo("Bearer first");

        LoggedRequest request = server.findAll(postRequestedFor(anyUrl())).get(0);
        assertThat(request.getUrl()).isEqualTo("/token");
        assertThat(request.getHeader("Authorization")).isEqualTo("Basic YXBpOnMzY3JldA==");
        assertThat(request.getBodyAsString()).isEqualTo("grant_type=client_credentials&scope=introspect+read");
    }

    @Test
    void present_noScopes_noneAskedFor() throws IOException {
        BearerToken plain = bearer(List.of(), BearerTokenIT::tokenEndpoint);

        Presented unused = plain.present(INTROSPECTION);

        assertThat(server.findAll(postRequestedFor(anyUrl())).get(0).getBodyAsString())
                .isEqualTo("grant_type=client_credentials");
    }

    @Test
    void present_fiftyAtOnce_oneRequest() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(1);
        BearerToken gated = bearer(List.of(), () -> {
            arrived.countDown();
            pass(gate);
            return tokenEndpoint();
        });
        List<Future<Presented>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(threads.submit(() -> gated.present(INTROSPECTION)));
        }
        assertThat(arrived.await(20, SECONDS)).isTrue();
        gate.countDown();

        for (Future<Presented> one : all) {
            assertThat(one.get(20, SECONDS).headers()).containsEntry("Authorization", "Bearer first");
        }
        assertThat(requests()).isEqualTo(1);
    }

    @ParameterizedTest(name = "expires in {0} s: after {1} s {2}")
    @CsvSource({
        "3600, 3539, first",
        "3600, 3541, renewed while the old one serves",
        "3600, 3569, renewed while the old one serves",
        "3600, 3571, second",
        "60, 47, first",
        "60, 49, renewed while the old one serves",
        "60, 55, second",
        "0, 47, first",
        "0, 55, second",
        "10, 3600, second",
    })
    void present_timePasses_renewedAheadOfTheEnd(int expiresIn, long seconds, String expected) throws IOException {
        server.resetAll();
        give("first", expiresIn);
        assertThat(shown()).isEqualTo("Bearer first");
        give("second", expiresIn);

        clock.advance(Duration.ofSeconds(seconds));

        switch (expected) {
            case "first" -> {
                assertThat(shown()).isEqualTo("Bearer first");
                assertThat(requests()).isEqualTo(1);
            }
            case "second" -> assertThat(shown()).isEqualTo("Bearer second");
            default -> {
                assertThat(shown()).isEqualTo("Bearer first");
                await().until(() -> shown().equals("Bearer second"));
                assertThat(requests()).isEqualTo(2);
            }
        }
    }

    @Test
    void present_tokenEndpointDownAtTheRenewal_oldOneServesToItsEnd() throws IOException {
        assertThat(shown()).isEqualTo("Bearer first");
        answer(aResponse().withStatus(503));

        clock.advance(Duration.ofSeconds(3541));
        assertThat(shown()).isEqualTo("Bearer first");
        await().until(() -> requests() == 2);
        clock.advance(Duration.ofSeconds(28));
        assertThat(shown()).isEqualTo("Bearer first");
        await().until(() -> requests() == 3);
        clock.advance(Duration.ofSeconds(2));

        assertThatThrownBy(this::shown).hasRootCauseMessage("the token endpoint answered with status 503");
    }

    @Test
    void refused_token_anotherOneIsGot() throws IOException {
        assertThat(shown()).isEqualTo("Bearer first");
        give("second", 3600);
        clock.advance(Duration.ofSeconds(1));

        bearer.refused();

        assertThat(shown()).isEqualTo("Bearer second");
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void refused_againAndAgain_atMostOneRequestASecond() throws IOException {
        for (int call = 0; call < 100; call++) {
            assertThat(shown()).startsWith("Bearer ");
            bearer.refused();
            clock.advance(Duration.ofMillis(100));
        }

        // Ten seconds, and the one at their begin.
        assertThat(requests()).isBetween(2, 11);
    }

    @Test
    void present_tokenEndpointFails_rememberedForASecondAndThenAskedAgain() throws IOException {
        answer(aResponse().withStatus(500));
        for (int call = 0; call < 20; call++) {
            assertThatThrownBy(this::shown)
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("there is no access token of our own")
                    .hasRootCauseMessage("the token endpoint answered with status 500");
        }
        assertThat(requests()).isEqualTo(1);
        give("second", 3600);

        clock.advance(Duration.ofMillis(999));
        assertThatThrownBy(this::shown).isInstanceOf(IOException.class);
        clock.advance(Duration.ofMillis(1));

        assertThat(shown()).isEqualTo("Bearer second");
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    @Requirement("RFC6749 §5.2")
    void present_ourClientRefused_saidToEachInFixedWords() {
        answer(aResponse()
                .withStatus(401)
                .withHeader("Content-Type", "application/json")
                .withBody("{\"error\":\"invalid_client\",\"error_description\":\"s3cret\"}"));

        for (int call = 0; call < 2; call++) {
            assertThatThrownBy(this::shown)
                    .isInstanceOf(ClientRefusedException.class)
                    .hasMessage("the token endpoint refused our client with status 401");
        }
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void present_redirect_notFollowed() {
        answer(aResponse().withStatus(307).withHeader("Location", server.baseUrl() + "/elsewhere"));

        assertThatThrownBy(this::shown).hasRootCauseMessage("the token endpoint answered with status 307");
        assertThat(server.findAll(postRequestedFor(urlEqualTo("/elsewhere")))).isEmpty();
    }

    @Test
    void present_hugeOrHtmlOrTokenlessAnswer_refused() {
        answer(okJson("{\"access_token\":\"" + "a".repeat(300_000) + "\",\"token_type\":\"Bearer\"}"));
        assertThatThrownBy(this::shown).hasRootCauseMessage("the answer of localhost is larger than 262144 bytes");

        clock.advance(Duration.ofSeconds(1));
        answer(aResponse().withHeader("Content-Type", "text/html").withBody("<html>login</html>"));
        assertThatThrownBy(this::shown).hasRootCauseMessage("the answer of the token endpoint is not application/json");

        clock.advance(Duration.ofSeconds(1));
        answer(okJson("{\"token_type\":\"Bearer\"}"));
        assertThatThrownBy(this::shown).hasRootCauseMessage("the token endpoint gave no access token that can be sent");
    }

    @Test
    void present_silentTokenEndpoint_failsInTime() {
        answer(okJson("{}").withFixedDelay(60_000));
        BearerToken hurried = new BearerToken(
                new ClientCredentialsGrant(
                        new ClientSecretBasic("api", "s3cret"),
                        BearerTokenIT::tokenEndpoint,
                        List.of(),
                        Duration.ofMillis(100)),
                http);

        assertThatThrownBy(() -> hurried.present(INTROSPECTION))
                .hasRootCauseMessage("no complete answer of localhost in time");
    }

    @Test
    void present_addressUnknownOrUnsendable_failsAndTheNextTimeAsksAgain() throws IOException {
        List<URI> addresses = new ArrayList<>(List.of(URI.create("ftp://login.example.com/token"), tokenEndpoint()));
        BearerToken moved = bearer(List.of(), () -> addresses.remove(0));

        assertThatThrownBy(() -> moved.present(INTROSPECTION)).isInstanceOf(IOException.class);
        clock.advance(Duration.ofSeconds(1));

        assertThat(moved.present(INTROSPECTION).headers()).containsEntry("Authorization", "Bearer first");
    }

    @Test
    void toString_everything_hidden() throws IOException {
        assertThat(shown()).isEqualTo("Bearer first");

        assertThat(bearer).hasToString("BearerToken[hidden]");
        assertThat(bearer.clientId()).isEqualTo("api");
        assertThat(new ClientCredentialsGrant(
                                new ClientSecretBasic("api", "s3cret"),
                                BearerTokenIT::tokenEndpoint,
                                List.of(),
                                Duration.ofSeconds(2))
                        .toString())
                .doesNotContain("s3cret");
    }

    private BearerToken bearer(List<String> scopes, ClientCredentialsGrant.TokenEndpoint endpoint) {
        return new BearerToken(
                new ClientCredentialsGrant(
                        new ClientSecretBasic("api", "s3cret"), endpoint, scopes, Duration.ofSeconds(10)),
                http,
                clock::read);
    }

    private String shown() throws IOException {
        return bearer.present(INTROSPECTION).headers().getOrDefault("Authorization", "");
    }

    private static void give(String token, int expiresIn) {
        String lifetime = expiresIn == 0 ? "" : ",\"expires_in\":" + expiresIn;
        answer(okJson("{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\"" + lifetime + "}"));
    }

    private static void answer(ResponseDefinitionBuilder response) {
        server.stubFor(post(urlEqualTo("/token")).willReturn(response));
    }

    private static int requests() {
        return server.findAll(postRequestedFor(urlEqualTo("/token"))).size();
    }

    private static URI tokenEndpoint() {
        return URI.create("http://localhost:" + server.port() + "/token");
    }

    private static void pass(CountDownLatch gate) throws IOException {
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
