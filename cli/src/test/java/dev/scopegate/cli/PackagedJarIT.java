package dev.scopegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.TestIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a stranger runs it. */
class PackagedJarIT {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final Path JAR = Path.of("target", "scopegate-cli.jar").toAbsolutePath();

    @TempDir
    private Path folder;

    private Example example;

    @BeforeEach
    void write() throws IOException {
        example = Example.in(folder, ISSUER);
    }

    @Test
    void jar_check_itsAnswerAndNothingElse() throws Exception {
        assertThat(java("", "check", "scopegate.yaml"))
                .isEqualTo(new Terminal(0, "scopegate.yaml: 1 issuer, 5 routes: no problems\n", ""));
        assertThat(java("", "check", "nowhere.yaml").exitCode()).isEqualTo(2);
        assertThat(java("", "--version").out()).matches("scopegate \\d.*\n");
    }

    @Test
    void jar_explain_verifiesATokenFromTheStandardInput() throws Exception {
        String good = example.token().scope("delete:contacts").sign();
        String[] command = {"explain", "scopegate.yaml", "--route", "DELETE /contacts/7", "--token-file", "-"};

        Terminal permitted = java(good + "\n", command);
        assertThat(permitted.exitCode()).as(permitted.toString()).isZero();
        assertThat(permitted.out())
                .contains("The request goes on to the application.")
                .doesNotContain("eyJ");
        assertThat(permitted.err()).isEmpty();
        assertThat(java(good.substring(0, good.length() - 8) + "AAAAAAAA", command)
                        .exitCode())
                .isEqualTo(3);
    }

    @Test
    void jar_anIssuerThatCannotBeReached_fourAndNoNoise() throws Exception {
        example.write(
                "scopegate.yaml",
                Example.CONFIG.replace("{ file: keys.json }", "{ uri: 'http://127.0.0.1:1/keys' }")
                        + "http: { allow-insecure-loopback: true }\n");

        Terminal said = java(
                example.token().sign(), "explain", "scopegate.yaml", "--route", "GET /contacts", "--token-file", "-");

        assertThat(said.exitCode()).isEqualTo(4);
        assertThat(said.err()).isEmpty();
    }

    @Test
    void jar_contents_servicesAndLicencesButNoModulesAndSignatures() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> names = jar.stream().map(JarEntry::getName).toList();

            assertThat(names)
                    .contains("META-INF/LICENSE", "META-INF/services/org.slf4j.spi.SLF4JServiceProvider")
                    .doesNotHaveDuplicates()
                    .noneMatch(name -> name.endsWith("module-info.class"))
                    .noneMatch(name -> name.toUpperCase(Locale.ROOT).matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)"));
            assertThat(jar.isMultiRelease()).isTrue();
        }
    }

    private Terminal java(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            process.getOutputStream().write(input.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException notRead) {
            // A command that has no use for its input may have ended by now.
        }
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Terminal(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
