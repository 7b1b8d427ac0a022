package dev.scopegate.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The protected application in a container, started once for all tests of a class; after each of them, no token may be in
 * the log.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
abstract class ProtectedApplication implements UnderTest {

    private final ServletContainer container;
    private final Deployment deployment;
    private LogCapture log;
    private Tokens tokens;
    private RunningContainer running;
    private Path application;

    ProtectedApplication(ServletContainer container, Deployment deployment) {
        this.container = container;
        this.deployment = deployment;
    }

    /** The policy of this application. */
    String policy(Tokens issued) {
        return issued.policy();
    }

    /** The folder of the exploded application. */
    Path application() {
        return application;
    }

    @BeforeAll
    void start(@TempDir Path folder) {
        Path war = folder.resolve("war");
        log = LogCapture.start();
        tokens = new Tokens();
        deployment.protect(WebApplication.unprotected(), policy(tokens)).writeTo(war);
        application = war;
        running = container.start(war, deployment.contextPath(), deployment.uriChecks());
        assertThat(running.serves()).as(log.text()).isTrue();
        // Keys are fetched in the background; until they are there, 503 is the right answer.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> get("/contacts", reader()).status() != 503
                        && get("/contacts", tokens.ofPartner("read:contacts")).status() != 503);
    }

    @AfterAll
    void stop() {
        running.close();
        tokens.close();
        log.close();
    }

    @AfterEach
    void noTokenInTheLog() {
        String logged = log.text();
        assertThat(tokens.secrets()).allSatisfy(secret -> assertThat(logged).doesNotContain(secret));
        assertThat(logged).doesNotContain("api-secret");
    }

    @Override
    public Client client() {
        return new Client(running.port(), deployment.contextPath());
    }

    @Override
    public Tokens tokens() {
        return tokens;
    }

    @Override
    public LogCapture log() {
        return log;
    }
}
