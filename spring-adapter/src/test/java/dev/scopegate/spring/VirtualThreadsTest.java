package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.model.ValidatedToken;
import dev.scopegate.test.TestIssuer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Many requests at once, each on a virtual thread. */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "there are no virtual threads before JDK 21")
class VirtualThreadsTest {

    private static final int REQUESTS = 200;

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static RunningApplication started() {
        Map<String, String> properties = new HashMap<>();
        properties.put("spring.threads.virtual.enabled", "true");
        properties.put("scopegate.issuers[0].issuer", ISSUER.issuer());
        properties.put("scopegate.issuers[0].introspection.client-id", TestIssuer.CLIENT_ID);
        properties.put("scopegate.issuers[0].introspection.client-secret", TestIssuer.CLIENT_SECRET);
        // Slow machines are not what this is about.
        properties.put("scopegate.issuers[0].introspection.timeout", "30s");
        properties.put("scopegate.issuers[0].introspection.max-concurrent", "" + REQUESTS);
        properties.put("scopegate.routes[0].route", "GET /contacts");
        properties.put("scopegate.routes[0].scopes", "read:contacts");
        return RunningApplication.withoutSecurity(Application.class, properties);
    }

    private static String token(int number, String scope) {
        String subject = "caller-" + number;
        return number % 2 == 0
                ? ISSUER.token().subject(subject).scope(scope).sign()
                : ISSUER.opaque(Map.of("sub", subject, "scope", scope, "aud", "https://api.example.com/contacts"));
    }

    private CompletableFuture<HttpResponse<String>> ask(RunningApplication application, String token) {
        return http.sendAsync(
                HttpRequest.newBuilder(application.uri("/contacts"))
                        .header("Authorization", "Bearer " + token)
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void contacts_manyAtOnce_eachAnsweredRightAndNoCarrierPinned(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("pinned.jfr");
        try (RunningApplication application = started();
                Recording recording = new Recording()) {
            // Classes are initialised by the first requests, which the JVM itself lets wait with their carrier.
            for (int i = 0; i < 4; i++) {
                assertThat(ask(application, token(i, "read:contacts")).join().statusCode())
                        .isEqualTo(200);
                assertThat(ask(application, token(i, "other")).join().statusCode())
                        .isEqualTo(403);
            }
            recording
                    .enable("jdk.VirtualThreadPinned")
                    .withThreshold(Duration.ZERO)
                    .withStackTrace();
            recording.start();
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                answers.add(ask(application, token(i, i % 5 == 0 ? "other" : "read:contacts")));
            }
            for (int i = 0; i < REQUESTS; i++) {
                HttpResponse<String> answer = answers.get(i).join();
                if (i % 5 == 0) {
                    assertThat(answer.statusCode()).as("request " + i).isEqualTo(403);
                } else {
                    assertThat(answer.body()).as("request " + i).isEqualTo("caller-" + i + ", virtual");
                }
            }
            pinOnPurpose();
            recording.dump(file);
        }
        List<RecordedEvent> pinned = RecordingFile.readAllEvents(file);
        assertThat(pinned).as("what would be seen").anyMatch(event -> isIn(event, Pinning.class.getName()));
        assertThat(pinned)
                .filteredOn(event -> !isIn(event, Pinning.class.getName()))
                .noneMatch(event -> isIn(event, "dev.scopegate."));
    }

    private static boolean isIn(RecordedEvent event, String prefix) {
        return event.getStackTrace() != null
                && event.getStackTrace().getFrames().stream()
                        .map(frame -> frame.getMethod().getType().getName())
                        .anyMatch(name -> name.startsWith(prefix));
    }

    private static void pinOnPurpose() {
        SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor();
        threads.setVirtualThreads(true);
        assertThat(threads.submitCompletable(() -> Pinning.DONE.get()).join()).isTrue();
    }

    /** Waits while it is initialised, which no virtual thread can leave its carrier for. */
    private static final class Pinning {

        static final AtomicBoolean DONE = new AtomicBoolean();

        static {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            DONE.set(true);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @RestController
        static class Contacts {

            @GetMapping("/contacts")
            String contacts(ValidatedToken caller) {
                boolean virtual = Thread.currentThread().toString().startsWith("VirtualThread[");
                return caller.getName() + ", " + (virtual ? "virtual" : "of a platform");
            }
        }
    }
}
