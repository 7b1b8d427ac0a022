package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.FileReference;
import dev.scopegate.config.IpNetwork;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents claim is there, and what is there is documented. */
class DocsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)(#[^)]*)?\\)");
    private static final Pattern CITATION = Pattern.compile("RFC ?(\\d{4}) §(\\d+(?:\\.\\d+)*)");
    private static final Pattern FURTHER = Pattern.compile("\\G,? §(\\d+(?:\\.\\d+)*)");

    private static final Set<Class<?>> WRITTEN_AS_TEXT = Set.of(Secret.class, FileReference.class, IpNetwork.class);

    @Test
    void links_inEveryPage_leadSomewhere() {
        List<String> broken = new ArrayList<>();
        for (Path page : files(".md")) {
            Matcher link = LINK.matcher(read(page));
            while (link.find()) {
                Path target = page.resolveSibling(link.group(1)).normalize();
                if (!Files.exists(target)) {
                    broken.add(ROOT.relativize(page) + " → " + link.group(1));
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void configurationKeys_eachOne_isDocumented() {
        String page = read(ROOT.resolve("docs/configuration.md"));
        Set<String> keys = new LinkedHashSet<>();
        collectKeys(ScopegateConfig.class, keys);

        assertThat(keys)
                .hasSizeGreaterThan(40)
                .allSatisfy(
                        key -> assertThat(page).containsPattern("`[a-z.\\[\\]{ -]*" + Pattern.quote(key) + "[`: ]"));
    }

    @Test
    void configurationKeys_eachOne_isInTheExample() {
        String example = read(ROOT.resolve("docs/scopegate.example.yaml"));
        Set<String> keys = new LinkedHashSet<>();
        collectKeys(ScopegateConfig.class, keys);

        assertThat(keys)
                .allSatisfy(
                        key -> assertThat(example).containsPattern("(?m)(^|[ {(])" + Pattern.quote(key) + "( |:|$)"));
    }

    @Test
    void citations_inSources_areListedSections() {
        Set<String> listed = new LinkedHashSet<>(citations(read(ROOT.resolve("docs/specs.md"))));
        List<String> unlisted = new ArrayList<>();
        for (Path source : files(".java")) {
            for (String citation : citations(read(source))) {
                if (!listed.contains(citation)) {
                    unlisted.add(citation + " in " + ROOT.relativize(source));
                }
            }
        }

        assertThat(unlisted)
                .as("look the section up, then add it to docs/specs.md")
                .isEmpty();
    }

    @Test
    void tests_thatPagesName_exist() {
        Set<String> classes = new LinkedHashSet<>();
        files(".java").forEach(file -> classes.add(file.getFileName().toString().replace(".java", "")));
        Pattern name = Pattern.compile("`([A-Z][A-Za-z0-9]+(?:Test|IT|Contract))`");

        assertThat(List.of("docs/promises.md", "docs/keys.md", "docs/introspection.md"))
                .allSatisfy(page -> assertThat(
                                name.matcher(read(ROOT.resolve(page))).results().map(named -> named.group(1)))
                        .isNotEmpty()
                        .allSatisfy(named -> assertThat(classes).contains(named)));
    }

    private static List<String> citations(String text) {
        List<String> found = new ArrayList<>();
        // Text of a comment may break anywhere, so a line's end and its star count as a blank.
        String flat = text.replaceAll("\\s*\\n\\s*(\\* )?", " ");
        Matcher citation = CITATION.matcher(flat);
        while (citation.find()) {
            found.add("RFC " + citation.group(1) + " §" + citation.group(2));
            Matcher further = FURTHER.matcher(flat).region(citation.end(), flat.length());
            while (further.find()) {
                found.add("RFC " + citation.group(1) + " §" + further.group(1));
            }
        }
        return found;
    }

    private static void collectKeys(Type type, Set<String> keys) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collectKeys(argument, keys);
            }
        } else if (type instanceof Class<?> raw
                && raw.isRecord()
                && raw.getPackageName().endsWith("config")
                && !WRITTEN_AS_TEXT.contains(raw)) {
            for (RecordComponent component : raw.getRecordComponents()) {
                keys.add(component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT));
                collectKeys(component.getGenericType(), keys);
            }
        }
    }

    private static List<Path> files(String suffix) {
        try (Stream<Path> tree = Files.walk(ROOT)) {
            return tree.filter(path -> path.toString().endsWith(suffix))
                    .filter(path -> !path.toString().contains("/target/")
                            && !path.toString().contains("/node_modules/"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
