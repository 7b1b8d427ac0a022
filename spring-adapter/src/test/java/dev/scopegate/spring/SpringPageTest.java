package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.ResourceServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** That the code and the properties of {@code docs/spring.md} and {@code docs/testing.md} are compiled and run. */
class SpringPageTest {

    private static final Path SOURCES = Path.of("src/test/java/dev/scopegate/spring");

    @Test
    void springPage_handlers_areThoseOfTheTest() throws IOException {
        assertThat(Files.readString(SOURCES.resolve("ContactsController.java"))).contains(block("spring.md", "java"));
    }

    @Test
    void springPage_slices_areThoseOfTheTest() throws IOException {
        String page = Files.readString(Path.of("../docs/spring.md"));
        String test = Files.readString(SOURCES.resolve("slice/WebMvcSliceTest.java"));

        List<String> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(page.substring(page.indexOf("## Tests of a slice")))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks).hasSize(2).allSatisfy(block -> assertThat(test).contains(block));
    }

    @Test
    void testingPage_test_isOneThatRuns() throws IOException {
        assertThat(Files.readString(SOURCES.resolve("HostileContactsTest.java")))
                .endsWith(block("testing.md", "java"));
    }

    @Test
    void springPage_properties_startAnApplication(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("application.yaml"), block("spring.md", "yaml"));

        new WebApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(AutoConfigurations.of(ScopegateAutoConfiguration.class))
                .withSystemProperties("spring.config.location=" + file.toUri())
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(ResourceServer.class));
    }

    private static String block(String page, String language) throws IOException {
        String text = Files.readString(Path.of("../docs", page));
        String begin = "```" + language + "\n";
        assertThat(text).contains(begin);
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf("```", from));
    }
}
