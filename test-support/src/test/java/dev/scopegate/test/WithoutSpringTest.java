package dev.scopegate.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A project without Spring has to find everything here but the room for Spring. */
class WithoutSpringTest {

    private static final Path CLASSES = Path.of("target/classes");
    private static final String ROOM = "dev.scopegate.test.spring.";

    static List<String> classes() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .filter(name -> !name.endsWith("package-info"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("classes")
    void members_noSpringOnTheClassPath_allButThoseForSpringResolve(String name) {
        if (name.startsWith(ROOM) && !name.endsWith(".TrustTestIssuer")) {
            assertThatThrownBy(() -> resolve(name)).isInstanceOf(NoClassDefFoundError.class);
        } else {
            assertThatCode(() -> resolve(name)).doesNotThrowAnyException();
        }
    }

    @Test
    void classes_ofTheJar_areSeenHere() throws IOException {
        assertThat(classes())
                .contains("dev.scopegate.test.TestIssuer", "dev.scopegate.test.matrix.TestedApi", ROOM + "Caller");
    }

    /** What reflection, as that of JUnit or of a mocking library, does to a class. */
    private static void resolve(String name) throws ClassNotFoundException {
        for (Method method : new NoSpring().loadClass(name).getDeclaredMethods()) {
            assertThat(method.getReturnType()).isNotNull();
        }
    }

    /** The classes of this module anew, and those of others but for Spring's. */
    private static final class NoSpring extends ClassLoader {

        NoSpring() {
            super(WithoutSpringTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.springframework.")) {
                throw new ClassNotFoundException(name);
            }
            Path file = CLASSES.resolve(name.replace('.', '/') + ".class");
            if (!Files.exists(file)) {
                return super.loadClass(name, resolve);
            }
            try {
                Class<?> known = findLoadedClass(name);
                byte[] octets = Files.readAllBytes(file);
                return known == null ? defineClass(name, octets, 0, octets.length) : known;
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
