package dev.scopegate.sample;

import static dev.scopegate.sample.Http.bearer;
import static dev.scopegate.sample.Http.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The contacts without Spring, as a process of its own, from what the build leaves in {@code target}. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(RunningSample.class)
class PlainContactsIT {

    private static final Path SOURCE = Path.of("src/main/java/dev/scopegate/sample/plain/PlainContacts.java");
    private static final Path JARS = Path.of("target", "plain").toAbsolutePath();
    private static final Path RULES = Path.of("scopegate.yaml").toAbsolutePath();

    @TempDir
    private static Path folder;

    private static Sample sample;
    private static Process plain;
    private static URI contacts;
    private static Path log;

    private final Http http = new Http();

    @BeforeAll
    static void start(Sample ofAllTests) throws IOException {
        sample = ofAllTests;
        int port = freePort();
        contacts = URI.create("http://localhost:" + port + "/contacts");
        log = folder.resolve("log.txt");
        plain = process(port, RULES)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(Duration.ofSeconds(60)).until(() -> listens(port));
    }

    @AfterAll
    static void stop() {
        if (plain != null) {
            plain.destroyForcibly();
        }
    }

    @Test
    void source_isShorterThanSixtyLines() throws IOException {
        assertThat(Files.readAllLines(SOURCE)).hasSizeLessThan(60);
    }

    @Test
    void classPath_holdsNoSpring() throws IOException {
        try (Stream<Path> jars = Files.list(JARS)) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .noneMatch(name -> name.contains("spring"))
                    .anyMatch(name -> name.startsWith("scopegate-filter-"));
        }
    }

    @Test
    void contact_createdListedAndDeleted_201And200And204() {
        String alice = WebUser.accessToken(sample, "alice");

        HttpResponse<String> created =
                http.postJson(contacts, "{\"name\":\"Mary Shaw\",\"email\":\"mary@example.com\"}", bearer(alice));
        assertThat(created.statusCode()).isEqualTo(201);
        HttpResponse<String> listed = http.get(contacts, bearer(alice));
        assertThat(listed.statusCode()).isEqualTo(200);
        assertThat(listed.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        JsonNode contact = json(listed).get(0);
        assertThat(contact.get("name").asString()).isEqualTo("Mary Shaw");
        URI address = URI.create(contacts + "/" + contact.get("id").asString());

        assertThat(http.delete(address, bearer(alice)).statusCode()).isEqualTo(204);
        assertThat(http.delete(address, bearer(alice)).statusCode()).isEqualTo(404);
        assertThat(json(http.get(contacts, bearer(alice)))).isEmpty();
    }

    @Test
    void list_withJwtOrOpaqueTokenOrNone_200And200And401() {
        assertThat(http.get(contacts, bearer(MachineClient.jwt(sample).token("read:contacts")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(http.get(contacts, bearer(MachineClient.opaque(sample).token("read:contacts")))
                        .statusCode())
                .isEqualTo(200);

        HttpResponse<String> refused = http.get(contacts);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                .contains("realm=\"contacts\"", "scope=\"read:contacts\"", "resource_metadata=");
    }

    @Test
    void metadata_namesTheResource() {
        HttpResponse<String> metadata = http.get(contacts.resolve("/.well-known/oauth-protected-resource/contacts"));

        assertThat(metadata.statusCode()).isEqualTo(200);
        assertThat(json(metadata).get("resource").asString()).isEqualTo(contacts.toString());
    }

    @Test
    void delete_withoutItsScope_403AndNothingIsGone() {
        String machine = MachineClient.jwt(sample).token("read:contacts create:contacts");

        HttpResponse<String> refused = http.delete(URI.create(contacts + "/1"), bearer(machine));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse("")).contains("scope=\"delete:contacts\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "null", "{\"name\":\"\",\"email\":\"a@b\"}", "{\"name\":\"A\",\"email\":\"a\"}"})
    void create_badBody_400(String body) {
        String machine = MachineClient.jwt(sample).token("create:contacts");

        assertThat(http.postJson(contacts, body, bearer(machine)).statusCode()).isEqualTo(400);
    }

    @Test
    void create_hugeBody_400() {
        String machine = MachineClient.jwt(sample).token("create:contacts");
        String body = "{\"name\":\"%s\",\"email\":\"a@b\"}".formatted("n".repeat(5_000));

        assertThat(http.postJson(contacts, body, bearer(machine)).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/contacts/1", "/contacts/", "/unknown", "/contacts/1/2"})
    void unknownRoute_deniedWithAndWithoutToken(String path) {
        String machine = MachineClient.jwt(sample).token("read:contacts");

        assertThat(http.get(contacts.resolve(path)).statusCode()).isEqualTo(401);
        assertThat(http.get(contacts.resolve(path), bearer(machine)).statusCode())
                .isEqualTo(403);
    }

    @Test
    void otherAddressOfThisMachine_refusesToConnect() throws IOException {
        try (Socket socket = new Socket()) {
            InetSocketAddress other = new InetSocketAddress(InetAddress.getByName("127.0.0.2"), contacts.getPort());
            assertThat(connects(socket, other)).isFalse();
        }
    }

    @Test
    void log_holdsNoTokenAndNoTrace() throws IOException {
        String token = MachineClient.jwt(sample).token("read:contacts");
        http.get(contacts, bearer(token));
        http.get(contacts, bearer(token + "x"));

        assertThat(Files.readString(log))
                .contains("Rules in force")
                .doesNotContain(token, "eyJ", "api-secret", "\tat ", "SEVERE");
    }

    @Test
    void rulesWithAMistake_exitCode1AndNothingServed() throws IOException, InterruptedException {
        Path broken = Files.writeString(
                folder.resolve("broken.yaml"), Files.readString(RULES).replace("scopes: read:contacts", "scope: read"));

        assertThat(outputOfFailedStart(freePort(), broken)).contains("broken.yaml", "scopes");
    }

    @Test
    void portTaken_exitCode1() throws IOException, InterruptedException {
        assertThat(outputOfFailedStart(contacts.getPort(), RULES)).contains("Address already in use");
    }

    private static String outputOfFailedStart(int port, Path rules) throws IOException, InterruptedException {
        Path output = folder.resolve("failed.txt");
        Process process = process(port, rules)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static ProcessBuilder process(int port, Path rules) {
        String classPath = Path.of("target", "classes").toAbsolutePath() + File.pathSeparator + JARS + "/*";
        ProcessBuilder process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        "dev.scopegate.sample.plain.PlainContacts",
                        rules.toString()))
                .directory(folder.toFile());
        process.environment().put("CONTACTS_PORT", "" + port);
        process.environment().put("ISSUER", sample.authorizationServer().toString());
        process.environment().put("AUDIENCE", sample.contacts().toString());
        return process;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static boolean listens(int port) throws IOException {
        assertThat(plain.isAlive()).as("%s", Files.readString(log)).isTrue();
        try (Socket socket = new Socket()) {
            return connects(socket, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
    }

    private static boolean connects(Socket socket, InetSocketAddress address) {
        try {
            socket.connect(address, 2_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
