package dev.scopegate.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** That the code of {@code docs/introspection.md} is code that is compiled and run. */
class IntrospectionPageTest {

    private static final Path PAGE = Path.of("../docs/introspection.md");
    private static final Path EXAMPLE = Path.of("src/test/java/dev/scopegate/introspection/ExampleIT.java");

    @Test
    void page_code_isThatOfTheExample() throws IOException {
        String example =
                between(Files.readString(EXAMPLE), "// introspection.md: begin\n", "    // introspection.md: end");

        assertThat(between(Files.readString(PAGE), "```java\n", "```"))
                .isEqualTo(example.stripTrailing().stripIndent() + "\n");
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        assertThat(text).contains(begin);
        assertThat(text.indexOf(begin, from)).as("one such piece").isNegative();
        return text.substring(from, text.indexOf(end, from));
    }
}
