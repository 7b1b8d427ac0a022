package dev.scopegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page on the command line: each command on it is run, and has to say what the page says. */
class CliPageTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final Path PAGE = Path.of("..", "docs", "cli.md");
    private static final Pattern COMMAND = Pattern.compile("\\$ scopegate (.*)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern TIME = Pattern.compile("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

    @TempDir
    private Path folder;

    private final List<String> replayed = new ArrayList<>();
    private int exitCode;
    private int commands;

    @Test
    void page_eachCommand_saysWhatThePageSays() throws IOException {
        Example example = Example.in(folder, ISSUER);
        example.write("token.jwt", example.token().scope("read:contacts").sign());
        String page = Files.readString(PAGE);

        replay(page.lines().toList());

        String now = String.join("\n", replayed) + "\n";
        Files.writeString(Path.of("target", "cli.md"), now);
        assertThat(commands).isGreaterThan(5);
        assertThat(timeless(now))
                .as("target/cli.md holds the page as it has to be")
                .isEqualTo(timeless(page));
    }

    /** Copies the page; in a block of a console, what commands say now takes the place of what they said. */
    private void replay(List<String> lines) throws IOException {
        List<String> block = new ArrayList<>();
        String language = "";
        for (String line : lines) {
            boolean fence = line.startsWith("```");
            if (fence && language.isEmpty()) {
                language = line.length() > 3 ? line.substring(3) : "text";
                replayed.add(line);
            } else if (fence) {
                replayed.addAll(language.equals("console") ? run(block) : block);
                if (language.equals("yaml")) {
                    // The first line of a file is a comment with its name.
                    Files.write(folder.resolve(block.get(0).substring(2)), block);
                }
                replayed.add(line);
                block.clear();
                language = "";
            } else {
                (language.isEmpty() ? replayed : block).add(line);
            }
        }
    }

    private List<String> run(List<String> block) {
        List<String> said = new ArrayList<>();
        for (String line : block) {
            Matcher command = COMMAND.matcher(line);
            if (command.matches()) {
                Terminal answer = Terminal.run(arguments(command.group(1)));
                exitCode = answer.exitCode();
                commands++;
                said.add(line);
                said.addAll((answer.err() + answer.out()).lines().toList());
            } else if (line.equals("$ echo $?")) {
                said.add(line);
                said.add(Integer.toString(exitCode));
            }
        }
        return said;
    }

    /** The words of a command; files are those of the folder. */
    private String[] arguments(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            String text = word.group(1) == null ? word.group(2) : word.group(1);
            words.add(Files.exists(folder.resolve(text)) ? folder.resolve(text).toString() : text);
        }
        return words.toArray(String[]::new);
    }

    private static String timeless(String page) {
        return TIME.matcher(page).replaceAll("2026-01-01T00:00:00Z");
    }
}
