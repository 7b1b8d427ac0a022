package dev.scopegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesCommandTest {

    @TempDir
    private Path folder;

    @Test
    void routes_rulesWithARisk_tableAndWarning() throws IOException {
        Terminal said = routes("""
                  - { route: 'POST /x', scopes: a }
                  - { route: '* /**', access: authenticated }
                """);

        assertThat(said.exitCode()).isZero();
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).isEqualTo("""
                rule       requirement    mode     where
                POST /x    scope a        enforce  scopegate.yaml:4:5
                * /**      authenticated  enforce  scopegate.yaml:5:5
                (no rule)  deny           enforce  by default

                warning: scopegate.yaml:4:5: 'POST /x' says nothing of GET, PUT, PATCH, DELETE, which there fall to '* /**'\
                 (authenticated)
                """);
    }

    @Test
    void routes_rulesWithoutARisk_tableAlone() throws IOException {
        assertThat(routes("  - { route: 'POST /x', scopes: a }\n").out().lines())
                .hasSize(3)
                .noneMatch(line -> line.startsWith("warning"));
    }

    @Test
    void routes_rulesThatWantFreshness_saySo() throws IOException {
        Path file = Files.writeString(folder.resolve("scopegate.yaml"), """
                resource: https://api.example.com
                issuers:
                  - issuer: https://login.example.com
                    introspection: { client-id: api, client-secret: '${SECRET:x}' }
                routes:
                  - { route: DELETE /x, scopes: a, max-staleness: 0s }
                  - { route: GET /x, access: authenticated, max-staleness: 5m }
                """);

        assertThat(Terminal.run("routes", file.toString()).out())
                .contains(
                        "DELETE /x  scope a; max-staleness 0s  enforce  scopegate.yaml:6:5",
                        "GET /x     max-staleness 300s         enforce  scopegate.yaml:7:5");
    }

    @Test
    void routes_rulesOfADocument_withTheirPlaces() throws IOException {
        Files.writeString(folder.resolve("openapi.yaml"), "openapi: 3.1.0\npaths:\n  /y:\n    get: { security: [] }\n");

        assertThat(routes("  - { route: 'POST /x', scopes: a }\nroutes-from: openapi.yaml\n")
                        .out())
                .contains("GET /y     public       enforce  openapi.yaml:4:5");
    }

    @Test
    void routes_mistakes_one() throws IOException {
        Terminal said = routes("  - { route: 'POST x', scopes: a }\n");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
    }

    private Terminal routes(String rules) throws IOException {
        Path file = folder.resolve("scopegate.yaml");
        Files.writeString(
                file,
                "resource: https://api.example.com\nissuers: [{ issuer: https://login.example.com }]\nroutes:\n"
                        + rules);
        return Terminal.run("routes", file.toString());
    }
}
