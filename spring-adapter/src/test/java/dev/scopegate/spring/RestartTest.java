package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.TestIssuer;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application that ends and begins again in one JVM, as DevTools and test suites make it. */
class RestartTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static RunningApplication started() {
        return RunningApplication.withoutSecurity(
                Application.class,
                new TreeMap<>(Map.of(
                        "scopegate.issuers[0].issuer",
                        ISSUER.issuer(),
                        "scopegate.issuers[0].introspection.client-id",
                        TestIssuer.CLIENT_ID,
                        "scopegate.issuers[0].introspection.client-secret",
                        TestIssuer.CLIENT_SECRET,
                        "scopegate.routes[0].route",
                        "GET /contacts",
                        "scopegate.routes[0].scopes",
                        "read:contacts")));
    }

    /** Asks with a JWT, an opaque token and none, so that all that is made late is made. */
    private static void use(RunningApplication application) throws Exception {
        String opaque = ISSUER.opaque(
                Map.of("sub", "bob", "scope", "read:contacts", "aud", "https://api.example.com/contacts"));
        assertThat(application
                        .getAs(ISSUER.token().scope("read:contacts").sign(), "/contacts")
                        .body())
                .isEqualTo("alice");
        assertThat(application.getAs(opaque, "/contacts").body()).isEqualTo("bob");
        assertThat(application.get("/contacts").statusCode()).isEqualTo(401);
    }

    private static Set<Thread> ours() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().startsWith("scopegate-"));
        return threads;
    }

    @Test
    void restart_inOneJvm_protectsAgainAndLeavesNoThread() throws Exception {
        Set<Thread> before = ours();
        for (int round = 1; round <= 2; round++) {
            try (RunningApplication application = started()) {
                use(application);
                assertThat(ours()).as("the threads of round " + round).hasSizeGreaterThan(before.size());
                assertThat(requests(application)).isEqualTo(3);
            }
            Awaitility.await().untilAsserted(() -> assertThat(ours()).isSubsetOf(before));
        }
    }

    private static long requests(RunningApplication application) {
        return application.context().getBean(MeterRegistry.class).get("scopegate.requests").timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }

    /** The classes of the application are loaded anew, those of jars are not: the caller is the same class for both. */
    @Test
    void restart_classesOfTheApplicationLoadedAnew_protectsAgain() throws Exception {
        for (int round = 1; round <= 2; round++) {
            Class<?> fresh = new Reloading().loadClass(Application.class.getName());
            assertThat(fresh).isNotSameAs(Application.class);
            try (RunningApplication application = RunningApplication.withoutSecurity(
                    fresh,
                    Map.of(
                            "scopegate.issuers[0].issuer", ISSUER.issuer(),
                            "scopegate.routes[0].route", "GET /contacts",
                            "scopegate.routes[0].scopes", "read:contacts"))) {
                assertThat(application
                                .getAs(ISSUER.token().scope("read:contacts").sign(), "/contacts")
                                .body())
                        .isEqualTo("alice");
                assertThat(application.get("/contacts").statusCode()).isEqualTo(401);
            }
        }
    }

    /** Loads the application by itself, and all else by the loader of the tests: as DevTools does. */
    private static final class Reloading extends ClassLoader {

        private static final List<String> OWN =
                List.of(Application.class.getName(), Application.Contacts.class.getName());

        Reloading() {
            super(RestartTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!OWN.contains(name)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null ? known : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (var stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (stream == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = stream.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (java.io.IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }

    /** The application. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    public static class Application {

        /** Its API. */
        @RestController
        public static class Contacts {

            /** Says who asks. */
            @GetMapping("/contacts")
            public String contacts(dev.scopegate.model.ValidatedToken caller) {
                return caller.getName();
            }
        }
    }
}
