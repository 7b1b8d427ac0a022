package dev.scopegate.container.tomcat;

import static dev.scopegate.container.Client.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.contacts.ContactsServlet;
import dev.scopegate.container.Client;
import dev.scopegate.container.LogCapture;
import dev.scopegate.container.RawResponse;
import dev.scopegate.test.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;

/** That the example of the documentation is the code that runs, and that it protects what it says. */
final class EmbeddedTomcatExampleIT {

    private static final Path EXAMPLE =
            Path.of("src/test/java/dev/scopegate/container/tomcat/EmbeddedTomcatExample.java");
    private static final Path DOCUMENT = Path.of("../../docs/embedded-tomcat.md");

    @Test
    void document_codeBlock_isTheRegionThatIsCompiled() throws IOException {
        String region = between(Files.readString(EXAMPLE), "// @start region=\"protect\"\n", "// @end")
                .stripIndent()
                .strip();

        assertThat(Files.readString(DOCUMENT).replace("\r\n", "\n")).contains("```java\n" + region + "\n```\n");
    }

    @Test
    void testingPage_codeBlock_isTheTestThatRuns() throws IOException {
        String code = Files.readString(EXAMPLE.resolveSibling("HostileContactsIT.java"));

        assertThat(Files.readString(Path.of("../../docs/testing.md")).replace("\r\n", "\n"))
                .contains("```java\n" + code.substring(code.indexOf("class HostileContactsIT")) + "```\n");
    }

    @Test
    void example_contacts_openOnlyToTokensWithTheScope() throws LifecycleException {
        try (LogCapture log = LogCapture.start();
                TestIssuer issuer = TestIssuer.start()) {
            Tomcat tomcat = EmbeddedTomcatExample.start(new ContactsServlet(), issuer.issuer(), 0);
            try {
                Client client = new Client(tomcat.getConnector().getLocalPort(), "");
                String reader = issuer.token().scope("read:contacts").sign();
                String stranger = issuer.token().scope("read:reports").sign();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> client.get("/contacts", bearer(reader)).status() != 503);
                RawResponse welcome = client.get("/contacts", bearer(reader));

                assertThat(welcome.status()).as(log.text()).isEqualTo(200);
                assertThat(welcome.body()).contains("principal=alice", "Ada Lovelace");
                assertThat(client.get("/contacts").status()).isEqualTo(401);
                assertThat(client.get("/contacts", bearer(stranger)).status()).isEqualTo(403);
                assertThat(client.get("/health").status()).isEqualTo(200);
                assertThat(client.send("DELETE", "/contacts/1", bearer(reader)).status())
                        .isEqualTo(403);
            } finally {
                tomcat.stop();
                tomcat.destroy();
            }
        }
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
