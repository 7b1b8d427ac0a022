package dev.scopegate.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.boot.DocumentedProject.Running;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** That what {@code docs/spring.md} and {@code docs/testing.md} say makes a protected application, and tests that hold it to its rules. */
@Timeout(300)
class DocumentationIT {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @TempDir
    Path folder;

    private HttpResponse<String> get(Running application, String path, TokenBuilder... tokens) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + application.port() + path));
        for (TokenBuilder token : tokens) {
            request.header("Authorization", token.authorization());
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void application_ofTheDocumentation_isProtectedAndShowsItsRules() throws Exception {
        DocumentedProject project = new DocumentedProject(folder).withApplication(DocumentedProject.properties());
        try (Running application = project.start(
                "--scopegate.issuers[0].issuer=" + ISSUER.issuer(), "--scopegate.http.allow-insecure-loopback=true")) {
            assertThat(application.port()).as(application.output()).isPositive();
            HttpResponse<String> anonymous = get(application, "/contacts");
            HttpResponse<String> rules =
                    get(application, "/actuator/scopegate", ISSUER.token().scope("operate"));

            assertThat(anonymous.statusCode()).isEqualTo(401);
            assertThat(anonymous.headers().firstValue("WWW-Authenticate").orElse(""))
                    .contains("Bearer", "scope=\"read:contacts\"");
            assertThat(get(application, "/contacts", ISSUER.token().scope("read:contacts"))
                            .body())
                    .isEqualTo("contacts of alice");
            assertThat(get(application, "/contacts", ISSUER.token()).statusCode())
                    .isEqualTo(403);
            assertThat(rules.body())
                    .contains("\"rule\":\"GET /contacts/**\"", "\"requires\":\"scope read:contacts\"", ISSUER.issuer());
            assertThat(get(application, "/actuator/scopegate").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void application_misspeltKey_doesNotStartAndSaysWhereAndWhatIsMeant() throws Exception {
        String said = failure("scopes: read:contacts", "scpoes: read:contacts");

        assertThat(said).contains("application.yaml:6:49: unknown key 'scpoes' in routes[0]; did you mean 'scopes'?");
    }

    @Test
    void application_mistakeInARule_doesNotStartAndSaysWhereAndHowToCorrectIt() throws Exception {
        String said = failure("route: GET /contacts/**,", "route: get /contacts/**,");

        assertThat(said)
                .contains("Scopegate cannot protect this application")
                .contains("application.yaml:6:16: 'routes[0].route': methods are upper-case words")
                .contains("Correct what is named above");
    }

    private String failure(String right, String wrong) throws Exception {
        String properties = DocumentedProject.properties();
        assertThat(properties).contains(right);
        try (Running application = new DocumentedProject(folder)
                .withApplication(properties.replace(right, wrong))
                .start()) {
            assertThat(application.port()).as("a port").isZero();
            assertThat(application.process().waitFor()).isNotZero();
            String[] parts = application.output().split("APPLICATION FAILED TO START", 2);
            assertThat(parts).as(application.output()).hasSize(2);
            assertThat(parts[1]).doesNotContain("Exception", "\tat ");
            return parts[1];
        }
    }

    @Test
    void tests_ofTheDocumentation_pass() throws Exception {
        assertThat(DocumentedProject.tests())
                .containsOnlyKeys("ContactsRulesTest", "ContactsOverHttpTest", "ContactsSliceTest");
        TestExecutionSummary summary = new DocumentedProject(folder)
                .withApplication(DocumentedProject.properties())
                .test();

        assertThat(failures(summary)).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isGreaterThanOrEqualTo(2 * 60 + 6);
    }

    @Test
    void tests_ofTheDocumentationWithoutARule_fail() throws Exception {
        String open = DocumentedProject.properties()
                .replace("GET /contacts/**,        scopes: read:contacts", "GET /contacts/**, access: optional");
        TestExecutionSummary summary =
                new DocumentedProject(folder).withApplication(open).test();

        assertThat(failures(summary))
                .hasSizeGreaterThan(10)
                .anyMatch(failure -> failure.contains("scopes: none: status 200, not one of [403]"));
    }

    private static List<String> failures(TestExecutionSummary summary) {
        return summary.getFailures().stream()
                .map(Failure::getException)
                .map(String::valueOf)
                .toList();
    }
}
