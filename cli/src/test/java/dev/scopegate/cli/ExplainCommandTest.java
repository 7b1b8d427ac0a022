package dev.scopegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.TestIssuer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @TempDir
    private Path folder;

    private Example example;

    @BeforeEach
    void write() throws IOException {
        example = Example.in(folder, ISSUER);
    }

    @Test
    void explain_goodToken_goesOnAndZero() throws IOException {
        Terminal said = explain(
                "DELETE /contacts/7", example.token().scope("delete:contacts").sign());

        assertThat(said.exitCode()).isZero();
        assertThat(said.out())
                .contains("rule      DELETE /contacts/{id}  scopegate.yaml:10:5")
                .contains("else      * /contacts/**  scopegate.yaml:11:5")
                .contains("The request goes on to the application.")
                .doesNotContain("FAIL", "not reached");
        assertThat(said.err()).isEmpty();
    }

    @Test
    void explain_scopeMissing_whatIsMissingAndThree() throws IOException {
        Terminal said = explain(
                "DELETE /contacts/7", example.token().scope("read:contacts").sign());

        assertThat(said.exitCode()).isEqualTo(3);
        assertThat(said.out())
                .containsPattern("scopes +delete:contacts +read:contacts +FAIL")
                .contains("HTTP/1.1 403")
                .contains("error=\"insufficient_scope\"");
    }

    @Test
    void explain_opaqueToken_whoWasAskedAndHowOldTheAnswerIs() throws IOException {
        example.write("scopegate.yaml", """
                resource: https://api.example.com/contacts
                issuers:
                  - name: main
                    issuer: https://login.example.com
                    jwks: { file: keys.json }
                    introspection: { endpoint: '%s', client-id: %s, client-secret: %s }
                routes:
                  - { route: GET /contacts/**, scopes: read:contacts }
                http: { allow-insecure-loopback: true }
                """.formatted(
                        ISSUER.introspectionEndpoint(), TestIssuer.CLIENT_ID, TestIssuer.CLIENT_SECRET));
        String token = ISSUER.opaque(Map.of("aud", "https://api.example.com/contacts", "scope", "read:contacts"));

        assertThat(explain("GET /contacts/7", token).out())
                .containsPattern("introspection +active, says issuer main +active, said [0-9]+s ago +ok");
        assertThat(explain("GET /contacts/7", "never-issued").out())
                .containsPattern("introspection +active, says issuer main +not active +FAIL");
    }

    @Test
    void explain_ruleThatWantsFreshness_saysSo() throws IOException {
        example.write("scopegate.yaml", """
                resource: https://api.example.com
                issuers:
                  - issuer: https://login.example.com
                    jwks: { file: keys.json }
                    introspection: { client-id: api, client-secret: '${SECRET:x}' }
                routes:
                  - { route: DELETE /x, scopes: a, max-staleness: 30s }
                """);

        assertThat(Terminal.run("explain", example.path("scopegate.yaml"), "--route", "DELETE /x")
                        .out())
                .contains("requires  scope a; max-staleness 30s");
    }

    @Test
    void explain_forgedToken_threeAndTheRestNotReached() throws IOException {
        Terminal said = explain(
                "DELETE /contacts/7",
                ISSUER.token().claim("iss", Example.ISSUER).withKid("key-2").sign());

        assertThat(said.exitCode()).isEqualTo(3);
        assertThat(said.out()).containsPattern("kid .* key-2 +FAIL").containsPattern("scopes .* not reached");
    }

    @Test
    void explain_issuerThatCannotBeReached_four() throws IOException {
        example.write(
                "scopegate.yaml",
                Example.CONFIG.replace("{ file: keys.json }", "{ uri: 'http://127.0.0.1:1/keys' }")
                        + "http: { allow-insecure-loopback: true }\n");

        Terminal said = explain("DELETE /contacts/7", example.token().sign());

        assertThat(said.exitCode()).isEqualTo(4);
        assertThat(said.out()).contains("UNDECIDED").contains("HTTP/1.1 503").contains("Retry-After: ");
    }

    @Test
    void explain_shadowMode_goesOnAndSaysWhatItWouldBe() throws IOException {
        example.write("scopegate.yaml", Example.CONFIG + "mode: shadow\n");

        Terminal said = explain("DELETE /contacts/7");

        assertThat(said.exitCode()).isZero();
        assertThat(said.out())
                .contains("The request goes on, for the rule is in shadow mode")
                .contains("HTTP/1.1 401");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /health,                0, GET /health",
        "HEAD /health,               0, GET /health",
        "GET /health?access_token=x, 0, GET /health",
        "GET /contacts/%C3%A9,       3, GET /contacts/**",
        "GET /contacts/..%2fhealth,  3, none",
        "GET /contacts/%zz,          3, none",
        "GET /elsewhere,             3, none",
    })
    void explain_withoutToken_ruleAndExitCode(String route, int exitCode, String rule) {
        Terminal said = explain(route);

        assertThat(said.exitCode()).isEqualTo(exitCode);
        assertThat(said.out().lines().filter(line -> line.startsWith("rule ")))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("rule      " + rule));
    }

    @Test
    void explain_anyToken_neverPrinted() throws IOException {
        String good = example.token().scope("delete:contacts").sign();
        for (String token : List.of(good, "not-a-jwt-but-a-secret", good + "x", good + "\n" + good)) {
            Terminal said = explain("DELETE /contacts/7", token);

            for (String part : token.split("[.\n]", -1)) {
                assertThat(said.out() + said.err()).doesNotContain(part);
            }
        }
    }

    @Test
    void explain_wrongUsage_two() throws IOException {
        assertThat(Terminal.run("explain", example.path("scopegate.yaml")).exitCode())
                .isEqualTo(2);
        for (String route : List.of("/contacts", "GET", "GET /a b", "")) {
            assertThat(explain(route).exitCode()).as(route).isEqualTo(2);
        }
        assertThat(explain("GET /x", " \n").err()).startsWith("--token-file: there is no token in it");
        assertThat(Terminal.run(
                                "explain",
                                example.path("scopegate.yaml"),
                                "--route",
                                "GET /x",
                                "--token-file",
                                example.path("nowhere"))
                        .exitCode())
                .isEqualTo(2);
    }

    private Terminal explain(String route, String token) throws IOException {
        return explain(route, List.of("--token-file", example.write("token.jwt", token)));
    }

    private Terminal explain(String route) {
        return explain(route, List.of());
    }

    private Terminal explain(String route, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("explain", example.path("scopegate.yaml"), "--route", route));
        arguments.addAll(more);
        return Terminal.run(arguments.toArray(String[]::new));
    }
}
