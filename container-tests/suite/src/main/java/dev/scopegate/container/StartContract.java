package dev.scopegate.container;

import static dev.scopegate.container.UnderTest.assertRefusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When the application starts, when it does not, and what it says then: a container start for each test. An application
 * that did not start must not answer, whatever else the container does.
 */
@NullUnmarked
public abstract class StartContract {

    private static final Pattern CORRELATION_ID = Pattern.compile("\"correlation_id\":\"([^\"]{8,})\"");

    @TempDir
    Path folder;

    private final ServletContainer container;
    private LogCapture log;

    protected StartContract(ServletContainer container) {
        this.container = container;
    }

    @BeforeEach
    void captureLog() {
        log = LogCapture.start();
    }

    @AfterEach
    void releaseLog() {
        log.close();
    }

    @Test
    void start_noYamlAndNoFilter_applicationAsItWas() {
        run(WebApplication.unprotected(), running -> {
            assertThat(running.serves()).as(log.text()).isTrue();
            assertThat(client(running).get("/contacts").body()).contains("Ada Lovelace", "principal=none");
            assertThat(log.ofScopegate())
                    .anySatisfy(record -> assertThat(record).contains("WARNING", "protects nothing"));
        });
    }

    @Test
    void start_yamlOnTheClassPath_protected() {
        run(
                WebApplication.unprotected().with("WEB-INF/classes/scopegate.yaml", Policy.ofNobody()),
                this::assertProtected);
    }

    @Test
    void start_yamlInWebInfAndFilterDeclared_registeredOnceAndProtected() {
        WebApplication declared = WebApplication.unprotected()
                .with("WEB-INF/scopegate.yaml", Policy.ofNobody().replace("authenticated", "public"))
                .declaringFilter(Optional.empty());

        run(declared, running -> {
            assertProtected(running);
            assertThat(client(running).get("/about").body().lines().filter(line -> line.contains("ScopegateFilter")))
                    .containsExactly("filter=dev.scopegate.servlet.ScopegateFilter [/*]");
        });
    }

    @Test
    void start_filterDeclaredButMappedToNothing_protected() {
        WebApplication unmapped = WebApplication.unprotected()
                .with("WEB-INF/scopegate.yaml", Policy.ofNobody())
                .declaringFilterWithoutMapping();

        run(unmapped, this::assertProtected);
    }

    @Test
    void start_filterMappedToAPartAndNotAsync_warned() {
        WebApplication partly = WebApplication.unprotected()
                .with("WEB-INF/scopegate.yaml", Policy.ofNobody())
                .declaringFilterFor("/contacts/*");

        run(partly, running -> {
            assertRefusal(client(running).get("/contacts"), 401);
            assertThat(log.ofScopegate())
                    .anySatisfy(record -> assertThat(record).contains("WARNING", "is mapped to /contacts/* only"))
                    .anySatisfy(record -> assertThat(record).contains("WARNING", "not 'async-supported'"));
        });
    }

    @Test
    void start_everythingInOrder_notWarnedOfTheRegistration() {
        run(WebApplication.unprotected().with("WEB-INF/scopegate.yaml", Policy.ofNobody()), running -> {
            assertRefusal(client(running).get("/contacts"), 401);
            assertThat(log.ofScopegate()).noneMatch(record -> record.contains("is mapped to") || record.contains("async-supported"));
        });
    }

    @Test
    void start_misspeltKey_fileLineAndColumnNamed() {
        String policy = Policy.misspelt();
        int at = policy.indexOf("scpoes");
        long line = policy.substring(0, at).lines().count();
        int column = at - policy.lastIndexOf('\n', at);

        assertFailsToStart(
                WebApplication.unprotected().with("WEB-INF/scopegate.yaml", policy),
                "scopegate.yaml:" + line + ":" + column + ": ",
                "'scpoes'",
                "'scopes'");
    }

    @Test
    void start_notYaml_fileLineAndColumnNamed() {
        assertFailsToStart(
                WebApplication.unprotected().with("WEB-INF/scopegate.yaml", "issuers:\n  - name: 'main\n"),
                "scopegate.yaml:3:1: ");
    }

    @Test
    void start_emptyYaml_refused() {
        assertFailsToStart(WebApplication.unprotected().with("WEB-INF/scopegate.yaml", ""), "scopegate.yaml: ");
    }

    @Test
    void start_misspeltKeyInTheDeclaredFile_fileLineAndColumnNamed() {
        WebApplication declared = WebApplication.unprotected()
                .with("WEB-INF/security/contacts.yaml", Policy.misspelt())
                .declaringFilter(Optional.of("/WEB-INF/security/contacts.yaml"));

        assertFailsToStart(declared, "contacts.yaml:");
    }

    @Test
    void start_filterDeclaredAndNoYaml_refused() {
        assertFailsToStart(WebApplication.unprotected().declaringFilter(Optional.empty()), "scopegate.yaml");
    }

    @Test
    void start_filterDeclaredAndItsYamlMissing_refused() {
        assertFailsToStart(
                WebApplication.unprotected().declaringFilter(Optional.of("/WEB-INF/security/contacts.yaml")),
                "contacts.yaml");
    }

    @Test
    void start_secretInABrokenYaml_notInTheLog() {
        assertFailsToStart(
                WebApplication.unprotected()
                        .with("WEB-INF/scopegate.yaml", Policy.misspelt().replace("client-secret:", "client-secert:")),
                "'client-secert'");
        assertThat(log.text()).doesNotContain("api-secret");
    }

    @Test
    @Requirement("RFC9110 §15.6.4")
    void contacts_issuerDown_neitherPassedNorRefused() {
        run(WebApplication.unprotected().with("WEB-INF/scopegate.yaml", Policy.ofNobody()), running -> {
            RawResponse response;
            try (TestIssuer issuer = TestIssuer.start()) {
                String token = issuer.token()
                        .claim("iss", Policy.UNREACHABLE)
                        .scope("read:contacts")
                        .sign();
                response = client(running).get("/contacts", Client.bearer(token));
            }

            assertRefusal(response, 503);
            assertThat(response.header("Retry-After"))
                    .hasValueSatisfying(seconds -> assertThat(seconds).matches("[1-9][0-9]*"));
            assertThat(response.headers("WWW-Authenticate")).isEmpty();
            assertThat(client(running).get("/health").status()).isEqualTo(200);
        });
    }

    @Test
    void refusal_correlationId_foundInTheLog() {
        run(WebApplication.unprotected().with("WEB-INF/scopegate.yaml", Policy.ofNobody()), running -> {
            RawResponse response = client(running).get("/contacts");
            Matcher id = CORRELATION_ID.matcher(response.body());

            assertThat(id.find()).as(response.body()).isTrue();
            assertThat(log.ofScopegate())
                    .anySatisfy(record -> assertThat(record).contains(id.group(1)));
        });
    }

    @Test
    void webApplication_classPathOfTheContainer_holdsNothingOfScopegate() {
        ContainerClassLoader loader = new ContainerClassLoader(getClass().getClassLoader());

        assertThatThrownBy(() -> loader.loadClass("dev.scopegate.servlet.ScopegateFilter"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> loader.loadClass("com.nimbusds.jwt.SignedJWT"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(loader.getResource("META-INF/web-fragment.xml")).isNull();
    }

    private void assertProtected(RunningContainer running) {
        assertThat(running.serves()).as(log.text()).isTrue();
        assertRefusal(client(running).get("/contacts"), 401);
        assertThat(client(running).get("/health").status()).isEqualTo(200);
    }

    private void assertFailsToStart(WebApplication application, String... messages) {
        run(application, running -> {
            assertThat(running.serves()).isFalse();
            assertThat(log.text()).contains(messages);
            assertThat(client(running).get("/contacts").status()).isIn(404, 503);
            assertThat(client(running).get("/health").status()).isIn(404, 503);
        });
    }

    private void run(WebApplication application, Consumer<RunningContainer> whileRunning) {
        application.writeTo(folder.resolve("war"));
        try (RunningContainer running = container.start(folder.resolve("war"), "", UriChecks.DEFAULT)) {
            whileRunning.accept(running);
        }
    }

    private static Client client(RunningContainer running) {
        return new Client(running.port(), "");
    }
}
