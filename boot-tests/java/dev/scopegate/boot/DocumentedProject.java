package dev.scopegate.boot;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * What a reader of {@code docs/spring.md} and {@code docs/testing.md} has, who adds the code and the properties of these pages to an empty
 * application: sources are compiled, the application is started as a process of its own, its tests are run.
 */
final class DocumentedProject {

    private static final Path DOCS = Path.of("../../docs");
    private static final String PACKAGE = "com.example.contacts";
    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Pattern ANNOTATED = Pattern.compile("(?m)^@(SpringBoot|WebMvc)Test\\b");
    private static final Pattern TEST_CLASS = Pattern.compile("(?m)^class (\\w+Test) \\{");

    /** What a reader's editor adds; the first ones that there are, since Spring Boot 4 has moved some. */
    private static final List<List<String>> IMPORTS = List.of(
            List.of("static dev.scopegate.test.spring.ScopegateMockMvc.*"),
            List.of("static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.*"),
            List.of("static org.springframework.test.web.servlet.result.MockMvcResultMatchers.*"),
            List.of("dev.scopegate.test.TestIssuer"),
            List.of("dev.scopegate.test.matrix.*"),
            List.of("dev.scopegate.test.spring.*"),
            List.of("java.net.URI"),
            List.of("java.time.Duration"),
            List.of("org.junit.jupiter.api.Test"),
            List.of("org.springframework.beans.factory.annotation.Autowired"),
            List.of("org.springframework.boot.test.context.SpringBootTest"),
            List.of("org.springframework.boot.test.context.SpringBootTest.WebEnvironment"),
            List.of("org.springframework.boot.test.web.server.LocalServerPort"),
            List.of(
                    "org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc",
                    "org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc"),
            List.of(
                    "org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest",
                    "org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest"),
            List.of("org.springframework.test.web.reactive.server.WebTestClient"),
            List.of("org.springframework.test.web.servlet.MockMvc"));

    private final Path folder;
    private final String classPath;

    DocumentedProject(Path folder) throws IOException {
        this.folder = folder;
        String mine = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        this.classPath = Files.createDirectories(folder.resolve("classes")) + File.pathSeparator + mine;
    }

    /** The code blocks of a page in one language, in order. */
    static List<String> blocks(String page, String language) throws IOException {
        Matcher block = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
                .matcher(Files.readString(DOCS.resolve(page)).replace("\r\n", "\n"));
        return block.results().map(found -> found.group(1)).toList();
    }

    /** The application of {@code docs/spring.md}, with other properties than those that stand there. */
    DocumentedProject withApplication(String properties) throws IOException {
        Files.writeString(folder.resolve("classes/application.yaml"), properties);
        compile("classes", "ContactsApplication", """
                @org.springframework.boot.autoconfigure.SpringBootApplication
                public class ContactsApplication {
                    public static void main(String[] arguments) {
                        org.springframework.boot.SpringApplication.run(ContactsApplication.class, arguments);
                    }
                }
                """);
        compile(
                "classes",
                "ContactsController",
                """
                import dev.scopegate.model.ValidatedToken;
                import dev.scopegate.spring.RequireScopes;
                import java.util.Optional;
                import java.util.concurrent.Callable;
                import org.springframework.web.bind.annotation.*;

                @RestController
                class ContactsController {
                """ + blocks("spring.md", "java").get(0) + "}\n");
        return this;
    }

    /** The properties of {@code docs/spring.md}. */
    static String properties() throws IOException {
        return String.join("---\n", blocks("spring.md", "yaml"));
    }

    private void compile(String out, String name, String source) throws IOException {
        Path file = Files.writeString(
                Files.createDirectories(folder.resolve("sources")).resolve(name + ".java"),
                "package " + PACKAGE + ";\n" + source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("-parameters", "-proc:none", "-cp", classPath, "-d", "" + folder.resolve(out)),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
                .call();
        if (!compiled) {
            throw new AssertionError("the documented code does not compile: " + messages);
        }
    }

    /** The tests of both pages that are for Spring Boot: the name of each class, and its source. */
    static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new LinkedHashMap<>();
        for (String page : List.of("testing.md", "spring.md")) {
            for (String block : blocks(page, "java")) {
                Matcher name = TEST_CLASS.matcher(block);
                if (ANNOTATED.matcher(block).find() && name.find()) {
                    tests.put(name.group(1), block);
                }
            }
        }
        return tests;
    }

    /** Runs these tests against the application. */
    TestExecutionSummary test() throws IOException, ClassNotFoundException {
        Files.createDirectories(folder.resolve("test-classes"));
        for (Map.Entry<String, String> test : tests().entrySet()) {
            compile("test-classes", test.getKey(), imports() + test.getValue());
        }
        URL[] urls = {
            folder.resolve("classes").toUri().toURL(),
            folder.resolve("test-classes").toUri().toURL()
        };
        ClassLoader mine = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader theirs = new URLClassLoader(urls, mine)) {
            Thread.currentThread().setContextClassLoader(theirs);
            LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
            for (String name : tests().keySet()) {
                request.selectors(DiscoverySelectors.selectClass(theirs.loadClass(PACKAGE + "." + name)));
            }
            SummaryGeneratingListener summary = new SummaryGeneratingListener();
            LauncherFactory.create().execute(request.build(), summary);
            return summary.getSummary();
        } finally {
            Thread.currentThread().setContextClassLoader(mine);
        }
    }

    private static String imports() {
        return IMPORTS.stream()
                .map(candidates -> candidates.stream()
                        .filter(name -> candidates.size() == 1 || exists(name))
                        .findFirst()
                        .orElseThrow())
                .map(name -> "import " + name + ";\n")
                .collect(Collectors.joining());
    }

    private static boolean exists(String name) {
        try {
            Class.forName(name, false, DocumentedProject.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    /** Starts the application on a free port. */
    Running start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                PACKAGE + ".ContactsApplication",
                "--server.port=0",
                "--server.address=127.0.0.1"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder output = new StringBuilder();
        BufferedReader reader = process.inputReader();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            output.append(line).append('\n');
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return new Running(process, Integer.parseInt(started.group(1)), output.toString());
            }
        }
        return new Running(process, 0, output.toString());
    }

    /**
     * A process that was started.
     *
     * @param port where it listens; 0: it has ended, and the output says why
     */
    record Running(Process process, int port, String output) implements AutoCloseable {

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }
}
