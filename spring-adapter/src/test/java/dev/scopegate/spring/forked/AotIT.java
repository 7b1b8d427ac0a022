package dev.scopegate.spring.forked;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.test.TestIssuer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An application that was prepared ahead of time, started from what was generated: as for a native image, but by a JVM. */
@Timeout(300)
class AotIT {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @TempDir
    static Path folder;

    private static OwnJvm application;
    private static int port;

    private static List<String> properties() {
        return Stream.of(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "management.endpoints.web.exposure.include=scopegate",
                        "spring.autoconfigure.exclude=" + WithoutSecurity.EXCLUDED,
                        "scopegate.resource=https://api.example.com/contacts",
                        "scopegate.issuers[0].issuer=" + ISSUER.issuer(),
                        "scopegate.issuers[0].jwks.refresh-interval=4m",
                        "scopegate.issuers[0].introspection.client-id=" + TestIssuer.CLIENT_ID,
                        "scopegate.issuers[0].introspection.client-secret=" + TestIssuer.CLIENT_SECRET,
                        "scopegate.issuers[0].introspection.cache.ttl=1m",
                        "scopegate.tokens.cache.max-entries=100",
                        "scopegate.trusted-proxies=10.0.0.0/8",
                        "scopegate.challenge.realm=contacts",
                        "scopegate.http.allow-insecure-loopback=true",
                        "scopegate.routes[0].route=GET /contacts/**",
                        "scopegate.routes[0].scopes=read:contacts",
                        "scopegate.routes[1].route=GET /actuator/**",
                        "scopegate.routes[1].scopes=operate")
                .map(property -> "--" + property)
                .toList();
    }

    @BeforeAll
    static void prepareAndStart() throws Exception {
        Path sources = folder.resolve("sources");
        Path resources = folder.resolve("resources");
        Path classes = folder.resolve("classes");
        List<String> processing = new ArrayList<>(List.of(
                "-cp",
                OwnJvm.classPath(),
                "org.springframework.boot.SpringApplicationAotProcessor",
                ForkedApplication.class.getName(),
                sources.toString(),
                resources.toString(),
                classes.toString(),
                "com.example",
                "contacts"));
        processing.addAll(properties());
        try (OwnJvm processor = OwnJvm.start(folder, processing)) {
            processor.succeed();
        }
        compile(sources, classes);
        List<String> running = new ArrayList<>(List.of(
                "-Dspring.aot.enabled=true",
                "-Xlog:class+load:file=" + folder.resolve("loaded.txt"),
                "-cp",
                String.join(File.pathSeparator, classes.toString(), resources.toString(), OwnJvm.classPath()),
                ForkedApplication.class.getName()));
        running.addAll(properties());
        application = OwnJvm.start(folder, running);
        port = application.port(1);
    }

    private static void compile(Path sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>(List.of(
                "-nowarn",
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                classes + File.pathSeparator + OwnJvm.classPath()));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    @AfterAll
    static void stop() {
        if (application != null) {
            application.close();
        }
    }

    @Test
    void application_preparedAheadOfTime_startsFromThat() throws Exception {
        assertThat(application.text()).contains("Starting AOT-processed ForkedApplication");
    }

    @Test
    void list_withTheScope_reachesTheHandler() throws Exception {
        String jwt = ISSUER.token().scope("read:contacts").sign();
        String opaque = ISSUER.opaque(
                Map.of("sub", "bob", "scope", "read:contacts", "aud", "https://api.example.com/contacts"));

        assertThat(OwnJvm.get(port, "/contacts", jwt).body()).isEqualTo("contacts of alice");
        assertThat(OwnJvm.get(port, "/contacts", opaque).body()).isEqualTo("contacts of bob");
    }

    @Test
    void list_withoutIt_refused() throws Exception {
        assertThat(OwnJvm.get(port, "/contacts", "").statusCode()).isEqualTo(401);
        assertThat(OwnJvm.get(port, "/contacts", ISSUER.token().scope("x").sign())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void details_scopesOfTheHandler_needed() throws Exception {
        String enough = ISSUER.token().scope("read:contacts read:details").sign();
        String tooLittle = ISSUER.token().scope("read:contacts").sign();

        assertThat(OwnJvm.get(port, "/contacts/7", enough).body()).isEqualTo("contact 7 of alice");
        assertThat(OwnJvm.get(port, "/contacts/7", tooLittle).statusCode()).isEqualTo(403);
    }

    @Test
    void actuator_endpoint_answersOperators() throws Exception {
        String operator = ISSUER.token().scope("operate").sign();

        assertThat(OwnJvm.get(port, "/actuator/scopegate", operator).body()).contains("\"rule\":\"GET /contacts/**\"");
    }

    @Test
    void caches_thatTheRunLoaded_areKeptInANativeImage() throws Exception {
        for (String target : List.of("/contacts", "/contacts/7", "/actuator/scopegate")) {
            OwnJvm.get(port, target, ISSUER.token().scope("read:contacts").sign());
            OwnJvm.get(port, target, ISSUER.opaque(Map.of("scope", "read:contacts")));
        }
        Pattern generated = Pattern.compile(" com\\.github\\.benmanes\\.caffeine\\.cache\\.([A-Z]{2,}) ");
        TreeSet<String> loaded = new TreeSet<>();
        generated
                .matcher(Files.readString(folder.resolve("loaded.txt")))
                .results()
                .forEach(found -> loaded.add(found.group(1)));

        assertThat(loaded).isNotEmpty();
        loaded.removeIf(name -> metadata().contains("\"com.github.benmanes.caffeine.cache." + name + "\""));
        assertThat(loaded).as("those that a native image would miss").isEmpty();
    }

    @Test
    void actuator_operation_isKeptInANativeImage() throws Exception {
        Map<String, Object> all = JSONObjectUtils.parse(metadata());
        List<?> reflection = (List<?>) all.get("reflection");

        assertThat(reflection)
                .filteredOn(entry -> entry instanceof Map<?, ?> type
                        && "dev.scopegate.spring.ScopegateEndpoint".equals(type.get("type")))
                .singleElement()
                .asString()
                .contains("state");
    }

    private static String metadata() {
        try (Stream<Path> files = Files.walk(folder.resolve("resources"))) {
            return Files.readString(
                    files.filter(file -> file.getFileName().toString().equals("reachability-metadata.json"))
                            .findFirst()
                            .orElseThrow());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
