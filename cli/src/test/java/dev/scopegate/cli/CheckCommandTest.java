package dev.scopegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {

    private static final String GOOD = """
            resource: https://api.example.com/contacts
            issuers:
              - issuer: https://login.example.com
            routes:
              - { route: GET /contacts/**, scopes: read:contacts }
              - { route: GET /health, access: public }
            """;

    @TempDir
    private Path folder;

    @Test
    void check_goodConfiguration_oneLineAndZero() throws IOException {
        Terminal said = Terminal.run("check", write(GOOD));

        assertThat(said).isEqualTo(new Terminal(0, "scopegate.yaml: 1 issuer, 2 routes: no problems\n", ""));
    }

    @Test
    void check_secretInTheFile_warnedOfAndZero() throws IOException {
        String introspecting =
                GOOD.replace("routes:", "    introspection: { client-id: api, client-secret: s3cret }\nroutes:");

        Terminal said = Terminal.run("check", write(introspecting));

        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(said.out())
                .contains("warning: scopegate.yaml:", "client-secret")
                .doesNotContain("s3cret");
    }

    @Test
    void check_profileOfNoUseYet_warnedOfWithItsPlaceAndZero() throws IOException {
        Terminal said = Terminal.run("check", write(GOOD.replace("routes:", "    profile: fapi2\nroutes:")));

        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(said.out()).contains("warning: scopegate.yaml:4:14: 'issuers[0].profile' is fapi2");
    }

    @Test
    void check_freshnessThatNobodyCanGive_placeAndBothWaysOut() throws IOException {
        String fresh = GOOD.replace("scopes: read:contacts }", "scopes: read:contacts, max-staleness: 0s }");

        assertThat(Terminal.run("check", write(fresh))).isEqualTo(new Terminal(1, "", """
                        scopegate.yaml:5:70: 'routes[0].max-staleness' cannot be held for tokens of login.example.com, which is\
                         not asked about tokens; add 'introspection' to that issuer, or name only others in 'issuer' of the route
                        """));
    }

    @Test
    void check_whatIntrospectionCosts_warnedOfWithItsPlaceAndZero() throws IOException {
        String introspecting = GOOD.replace("routes:", """
                    introspection:
                      client-id: api
                      client-secret: ${SECRET:x}
                      cache: { ttl: 10m }
                routes:""");

        Terminal said = Terminal.run("check", write(introspecting));

        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(said.out())
                .contains(
                        "warning: scopegate.yaml:7:21: 'issuers[0].introspection.cache.ttl' is 10m, and a revoked token");
    }

    @Test
    void check_mistakes_saidAsAtTheStartAndOne() throws IOException {
        Terminal said = Terminal.run("check", write(GOOD.replace("GET /health", "GET health")));

        assertThat(said)
                .isEqualTo(
                        new Terminal(1, "", "scopegate.yaml:6:14: 'routes[1].route': the path must begin with '/'\n"));
    }

    @Test
    void check_malformedFile_placeAndOne() throws IOException {
        Terminal said = Terminal.run("check", write(GOOD.replace("scopes:", "scpoes:")));

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err())
                .startsWith("scopegate.yaml:5:32: unknown key 'scpoes' in routes[0]; did you mean 'scopes'?");
        assertThat(said.out()).isEmpty();
    }

    @Test
    void check_mistakeInTheDocument_itsOwnPlace() throws IOException {
        Files.writeString(
                folder.resolve("openapi.yaml"), "openapi: 3.1.0\npaths:\n  /x: { get: { security: [{ key: [] }] } }\n");

        Terminal said = Terminal.run("check", write(GOOD + "routes-from: openapi.yaml\n"));

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err()).isEqualTo("openapi.yaml:3:29: GET /x: no security scheme is called 'key'\n");
    }

    @Test
    void check_secretInAFileWithMistakes_notPrinted() throws IOException {
        Terminal said = Terminal.run(
                "check",
                write(GOOD.replace(
                        "routes:",
                        "    introspection: { client-id: a, client-secret: s3cret, timeout: 9h }\nroutes:")));

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err()).contains("timeout").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check                | Missing required parameter: 'FILE'",
                "check nowhere.yaml   | nowhere.yaml does not exist",
                "check .              | . is a folder; name the file in it",
                "check --fix a.yaml   | Unknown option: '--fix'",
                "chek a.yaml          | Unmatched arguments from index 0: 'chek', 'a.yaml'",
                "''                   | Missing required subcommand"
            })
    void command_wrongUsage_saidShortlyAndTwo(String line, String message) {
        Terminal said = Terminal.run(line.isEmpty() ? new String[0] : line.split(" ", -1));

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).startsWith(message).contains("See: scopegate").contains("--help");
        assertThat(said.out()).isEmpty();
    }

    @Test
    void version_andHelp_zero() {
        assertThat(Terminal.run("--version").out()).startsWith("scopegate ");
        assertThat(Terminal.run("check", "--help").out())
                .contains("Usage: scopegate check")
                .contains("FILE");
    }

    private String write(String text) throws IOException {
        return Files.writeString(folder.resolve("scopegate.yaml"), text).toString();
    }
}
