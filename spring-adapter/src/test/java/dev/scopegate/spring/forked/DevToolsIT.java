package dev.scopegate.spring.forked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.TestIssuer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An application with DevTools, which starts anew when a file of it changes. */
@Timeout(240)
class DevToolsIT {

    /** Copied there by the build: on the class path of the tests it would restart them too. */
    private static final Path DEVTOOLS = Path.of("target", "devtools", "spring-boot-devtools.jar");

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @TempDir
    static Path folder;

    private static Path configured(Path classes, String scope) throws IOException {
        return Files.writeString(
                classes.resolve("application.yaml"), """
                server: { port: 0, address: 127.0.0.1 }
                spring:
                  autoconfigure.exclude: %s
                  devtools: { livereload.enabled: false, restart: { poll-interval: 200ms, quiet-period: 100ms } }
                scopegate:
                  resource: https://api.example.com/contacts
                  issuers: [ { issuer: %s } ]
                  http: { allow-insecure-loopback: true }
                  routes: [ { route: GET /contacts, scopes: %s } ]
                """.formatted(WithoutSecurity.EXCLUDED, ISSUER.issuer(), scope));
    }

    /** The classes of the application in a folder of their own: DevTools loads those anew that are in folders. */
    private static Path classes() throws Exception {
        Path all = Path.of(ForkedApplication.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path classes = folder.resolve("classes");
        String name = ForkedApplication.class.getName().replace('.', '/');
        Files.createDirectories(classes.resolve(name).getParent());
        for (String file : List.of(name + ".class", name + "$Contacts.class")) {
            Files.copy(all.resolve(file), classes.resolve(file));
        }
        return classes;
    }

    private static String classPath(Path classes) {
        String others = Stream.of(OwnJvm.classPath().split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        return String.join(File.pathSeparator, classes.toString(), DEVTOOLS.toString(), others);
    }

    private static int status(int port, String scope) throws Exception {
        return OwnJvm.get(port, "/contacts", ISSUER.token().scope(scope).sign()).statusCode();
    }

    @Test
    void restart_afterAChange_protectsByTheNewRules() throws Exception {
        Path classes = classes();
        configured(classes, "read:contacts");
        try (OwnJvm application =
                OwnJvm.start(folder, List.of("-cp", classPath(classes), ForkedApplication.class.getName()))) {
            int port = application.port(1);
            assertThat(status(port, "read:contacts")).isEqualTo(200);
            assertThat(status(port, "read:others")).isEqualTo(403);
            assertThat(OwnJvm.get(port, "/contacts", "").statusCode()).isEqualTo(401);

            configured(classes, "read:others");

            int next = application.port(2);
            assertThat(status(next, "read:others")).isEqualTo(200);
            assertThat(status(next, "read:contacts")).isEqualTo(403);
            assertThat(OwnJvm.get(next, "/contacts", "").statusCode()).isEqualTo(401);
            assertThat(application.text()).contains("[  restartedMain]").doesNotContain("ERROR");
        }
    }
}
