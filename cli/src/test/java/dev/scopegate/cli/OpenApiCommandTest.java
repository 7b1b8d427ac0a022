package dev.scopegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.ConfigReader;
import dev.scopegate.config.OpenApiRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiCommandTest {

    private static final String HEAD =
            "resource: https://api.example.com\nissuers: [{ issuer: https://login.example.com }]\n";

    private static final String DOCUMENT = """
            openapi: 3.1.0
            paths:
              /x:
                get: { security: [{ login: [a] }, { login: [b] }] }
                put: { security: [{ login: ['odd,one', true, "it's"] }] }
              /y/{id}:
                get: { security: [] } # open
                head: { security: [{ login: [] }, {}] }
            components: { securitySchemes: { login: { type: oauth2 } } }
            """;

    @TempDir
    private Path folder;

    private String document;

    @BeforeEach
    void write() throws IOException {
        document = write("openapi.yaml", DOCUMENT);
    }

    @Test
    void importing_document_printsRulesThatReadTheSame() {
        Terminal said = Terminal.run("openapi", "import", document);

        assertThat(said.exitCode()).isZero();
        assertThat(new ConfigReader()
                        .read("scopegate.yaml", said.out(), folder)
                        .config()
                        .routes())
                .isEqualTo(OpenApiRoutes.read(Path.of(document)).rules());
        assertThat(said.out().lines().skip(1).findFirst()).contains("  - { route: 'GET /x', any-scope: [a, b] }");
    }

    @Test
    void importing_documentThatNoRuleSays_nothingPrintedAndOne() throws IOException {
        Terminal said = Terminal.run(
                "openapi", "import", write("openapi.yaml", DOCUMENT.replace("[] } # open", "[{ no: [] }] }")));

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).isEqualTo("openapi.yaml:7:25: GET /y/{id}: no security scheme is called 'no'\n");
    }

    @Test
    void diff_rulesOfTheDocument_same() throws IOException {
        String config = write(
                "scopegate.yaml",
                HEAD + Terminal.run("openapi", "import", document).out());

        assertThat(Terminal.run("openapi", "diff", config, document))
                .isEqualTo(new Terminal(0, "4 operations: no differences\n", ""));
        String live = write("scopegate.yaml", HEAD + "routes-from: openapi.yaml\n");
        assertThat(Terminal.run("openapi", "diff", live, document).exitCode()).isZero();
    }

    @Test
    void diff_eachKindOfDifference_saidAndOne() throws IOException {
        String config = write("scopegate.yaml", HEAD + """
                routes:
                  - { route: GET /x, any-scope: [b, c] }
                  - { route: 'GET|HEAD /y/{name}', access: public }
                  - { route: GET /z, access: public }
                """);

        assertThat(Terminal.run("openapi", "diff", config, document)).isEqualTo(new Terminal(1, """
                openapi.yaml:4:5: GET /x: the document says one of the scopes a, b, the rule 'GET /x' says one of the scopes b, c
                openapi.yaml:5:5: PUT /x: no rule, so default-access applies: deny
                openapi.yaml:8:5: HEAD /y/{id}: the document says optional, the rule 'GET|HEAD /y/{name}' says public
                scopegate.yaml:6:5: GET /z: no operation
                """, ""));
    }

    @Test
    void diff_operationWithAProblem_differs() throws IOException {
        String config = write("scopegate.yaml", HEAD + "routes: [{ route: GET /x, access: public }]\n");

        Terminal said = Terminal.run(
                "openapi",
                "diff",
                config,
                write("api.json", "{\"openapi\":\"3.0.0\",\"paths\":{\"/x\":{\"get\":{}}}}"));

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out())
                .startsWith("api.json:1:35: GET /x: neither this operation nor the document has 'security'");
    }

    @Test
    void export_rules_documentThatThenSaysTheSame() throws IOException {
        String config = write("scopegate.yaml", HEAD + """
                routes:
                  - { route: '* /x', scopes: c }
                  - { route: '* /y/**', access: public }
                """);

        Terminal said = Terminal.run("openapi", "export", config, document);

        assertThat(said)
                .isEqualTo(new Terminal(
                        0,
                        DOCUMENT.replaceFirst("\\[\\{ login: \\[a].*", "[{login: [c]}] }")
                                .replaceFirst("\\[\\{ login: \\['odd.*", "[{login: [c]}] }")
                                .replaceFirst("\\[\\{ login: \\[] }, \\{}]", "[]"),
                        ""));
        assertThat(Terminal.run("openapi", "diff", config, write("openapi.yaml", said.out()))
                        .exitCode())
                .isZero();
    }

    @Test
    void export_operationThatNobodyMayUse_nothingPrintedAndOne() throws IOException {
        String config = write("scopegate.yaml", HEAD + "routes: [{ route: '* /x', scopes: c }]\n");

        Terminal said = Terminal.run("openapi", "export", config, document);

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err().lines()).hasSize(2);
    }

    @Test
    void openapi_missingFiles_two() throws IOException {
        String config = write("scopegate.yaml", HEAD + "routes: [{ route: '* /x', scopes: c }]\n");
        String nowhere = folder.resolve("nowhere").toString();

        assertThat(Terminal.run("openapi").exitCode()).isEqualTo(2);
        assertThat(Terminal.run("openapi", "import", nowhere).exitCode()).isEqualTo(2);
        assertThat(Terminal.run("openapi", "diff", config, nowhere).exitCode()).isEqualTo(2);
        assertThat(Terminal.run("openapi", "export", config, folder.toString()).exitCode())
                .isEqualTo(2);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
