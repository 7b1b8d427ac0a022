package dev.scopegate.container.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.scopegate.container.Client;
import dev.scopegate.container.LogCapture;
import dev.scopegate.container.RunningContainer;
import dev.scopegate.container.ServletContainer;
import dev.scopegate.container.UriChecks;
import dev.scopegate.container.WebApplication;
import dev.scopegate.container.differential.RequestLine.Outcome;
import dev.scopegate.test.TestIssuer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sends the whole table to a container, in each setting: one start for each of them. Fails with a list of all that went
 * wrong.
 */
public abstract class DifferentialContract {

    private final ServletContainer container;

    @TempDir
    Path folder;

    protected DifferentialContract(ServletContainer container) {
        this.container = container;
    }

    /**
     * Whether the container shows the request target to a servlet as it came. One that shows it decoded leaves nothing to
     * tell apart in an encoded path: what it dispatches is judged, and that has to do.
     */
    protected boolean showsRawTarget(UriChecks checks) {
        return true;
    }

    @ParameterizedTest
    @CsvSource({
        "DEFAULT, '',   deny",
        "DEFAULT, '',   public",
        "DEFAULT, /app, deny",
        "DEFAULT, /app, public",
        "RELAXED, '',   deny",
        "RELAXED, '',   public",
        "RELAXED, /app, deny",
        "RELAXED, /app, public"
    })
    void requestLines_withAndWithoutTokens_enterOnlyWhatTheTokenIsFor(
            UriChecks checks, String contextPath, String defaultAccess) {
        try (LogCapture log = LogCapture.start();
                Journal journal = new Journal();
                TestIssuer issuer = TestIssuer.start()) {
            WebApplication application = WebApplication.ofSentinels()
                    .with("WEB-INF/scopegate.yaml", Area.policy(issuer.issuer(), defaultAccess));
            application.writeTo(folder.resolve("war"));
            try (RunningContainer running = container.start(folder.resolve("war"), contextPath, checks)) {
                assertThat(running.serves()).as(log.text()).isTrue();
                Client client = new Client(running.port(), contextPath);
                List<Caller> callers = Caller.all(issuer);
                awaitKeys(client, callers);
                journal.take();
                Attempts attempts = new Attempts(client, journal, defaultAccess.equals("public"));
                for (RequestLine line : RequestLines.all()) {
                    RequestLine row = line.isEncoded() && !showsRawTarget(checks) ? line.with(Outcome.JUDGED) : line;
                    callers.forEach(caller -> attempts.make(row, caller));
                }
                assertThat(attempts.failures())
                        .as(
                                "%s, %s, context path '%s', default access %s",
                                container.getClass().getSimpleName(), checks, contextPath, defaultAccess)
                        .isEmpty();
            }
        }
    }

    /** That the lines are worth sending: without the filter, many that it refuses enter what it protects. */
    @Test
    void requestLines_noFilter_hostileOnesEnterTheProtectedServlets() {
        List<String> entered = new ArrayList<>();
        try (LogCapture log = LogCapture.start();
                Journal journal = new Journal()) {
            WebApplication.ofSentinels().writeTo(folder.resolve("war"));
            try (RunningContainer running = container.start(folder.resolve("war"), "", UriChecks.RELAXED)) {
                assertThat(running.serves()).as(log.text()).isTrue();
                Client client = new Client(running.port(), "");
                for (RequestLine line : RequestLines.all()) {
                    client.line(line.to(client));
                    boolean inside = journal.take().stream().anyMatch(entry -> Area.of(entry) == Area.ADMIN);
                    if (inside && line.outcome() == Outcome.REFUSED) {
                        entered.add(line.template());
                    }
                }
            }
        }
        assertThat(entered).contains("GET {ctx}/admin;x=1/users HTTP/1.1").hasSizeGreaterThan(20);
    }

    @Test
    void table_hostileInputs_allNamed() {
        assertThat(RequestLines.all()).hasSizeGreaterThan(200).doesNotHaveDuplicates();
        assertThat(Stream.of("A101", "A103", "A104", "A105", "A106", "A108", "A110", "A113"))
                .allSatisfy(id -> assertThat(RequestLines.all())
                        .anySatisfy(row -> assertThat(row.group()).contains(id)));
    }

    /** Keys are fetched in the background; until they are there, 503 is the right answer. */
    private static void awaitKeys(Client client, List<Caller> callers) {
        String[] everything = callers.get(1).lines();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.get("/admin", everything).status() == 200);
    }
}
