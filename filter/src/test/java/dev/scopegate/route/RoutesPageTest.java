package dev.scopegate.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.ConfigProblem;
import dev.scopegate.config.ConfigReader;
import dev.scopegate.config.ScopegateConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That the examples of {@code docs/routes.md} are what happens. */
class RoutesPageTest {

    private static final Pattern EXAMPLE = Pattern.compile("\\| `([A-Za-z]+) (/\\S*)` \\| (?:`([^`]+)`|(none)) \\|");

    @Test
    void examples_eachRequest_meetsItsRule() throws IOException {
        String page = Files.readString(Path.of("../docs/routes.md"));
        RouteTable table = table(page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("```\n")));
        Matcher example = EXAMPLE.matcher(page);
        int examples = 0;

        while (example.find()) {
            examples++;
            String expected = example.group(4) == null ? example.group(3).replace("\\|", "|") : "none";
            assertThat(table.match(example.group(1), example.group(2)).route())
                    .as(example.group())
                    .isEqualTo(expected);
        }

        assertThat(examples).isGreaterThan(15);
    }

    private static RouteTable table(String yaml) {
        ScopegateConfig config =
                new ConfigReader().read("routes.md", yaml, Path.of("")).config();
        List<ConfigProblem> problems = new ArrayList<>();
        RouteTable table = RouteTable.compile(config.routes(), config.defaultAccess(), config.mode(), problems::add);
        assertThat(problems).isEmpty();
        return table;
    }
}
