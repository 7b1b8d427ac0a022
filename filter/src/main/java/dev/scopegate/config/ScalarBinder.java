package dev.scopegate.config;

import dev.scopegate.model.Transport;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Turns one YAML scalar into a value, after its {@code ${NAME}} and {@code ${NAME:default}} were replaced. Messages say
 * what was expected and never repeat the value, since it may be a secret.
 *
 * <p>Not thread-safe; use one per document.
 */
final class ScalarBinder {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_.]*)(?::([^}]*))?\\}");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    /** Types that are written as one text, and how they are read. Their refusals say what would be right. */
    private final Map<Class<?>, Function<String, Object>> texts = Map.of(
            Secret.class, Secret::of,
            FileReference.class, this::file,
            Transport.class, Transport::of,
            IpNetwork.class, IpNetwork::of);

    private final Function<String, Optional<String>> environment;
    private final Path folder;
    private final List<Path> files = new ArrayList<>();

    /** A binder of relative paths against {@code folder}. */
    ScalarBinder(Function<String, Optional<String>> environment, Path folder) {
        this.environment = environment;
        this.folder = folder;
    }

    /** Whether {@code type} is written as one text, though it is a record. */
    boolean isText(Class<?> type) {
        return texts.containsKey(type);
    }

    static boolean hasPlaceholder(ScalarNode node) {
        return PLACEHOLDER.matcher(node.getValue()).find();
    }

    /** The files that were named. */
    List<Path> files() {
        return files;
    }

    private FileReference file(String text) {
        FileReference file = new FileReference(folder.resolve(text));
        files.add(file.path());
        return file;
    }

    /** The value, or what {@code problem} makes of the sentence that says why there is none. */
    Optional<Object> bind(ScalarNode node, Class<?> type, Function<String, Optional<Object>> problem) {
        if (node.getTag().equals(Tag.NULL)) {
            return problem.apply("has no value; write one, or leave the key out");
        }
        if (!isCore(node.getTag())) {
            return problem.apply("has a type tag; tags are not supported");
        }
        StringBuilder text = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(node.getValue());
        while (placeholder.find()) {
            String name = placeholder.group(1);
            Optional<String> value = environment.apply(name).or(() -> Optional.ofNullable(placeholder.group(2)));
            if (value.isEmpty()) {
                return problem.apply("names the environment variable " + name
                        + ", which is not set; set it, or write a default as ${" + name + ":…}");
            }
            placeholder.appendReplacement(text, Matcher.quoteReplacement(value.get()));
        }
        return convert(placeholder.appendTail(text).toString(), type, problem);
    }

    private Optional<Object> convert(String text, Class<?> type, Function<String, Optional<Object>> problem) {
        try {
            if (type == String.class) {
                return Optional.of(text);
            } else if (type == Boolean.class) {
                return switch (text) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> problem.apply("must be true or false");
                };
            } else if (type == Integer.class) {
                return Optional.of(Integer.valueOf(text));
            } else if (type == Duration.class) {
                return duration(text, problem);
            } else if (type == URI.class) {
                return Optional.of(new URI(text));
            } else if (isText(type)) {
                return Optional.of(texts.getOrDefault(type, String::toString).apply(text));
            }
            return constant(text, type, problem);
        } catch (NumberFormatException notANumber) {
            return problem.apply("must be a whole number");
        } catch (URISyntaxException notAUri) {
            return problem.apply("must be a URI, such as https://login.example.com/keys");
        } catch (InvalidPathException notAPath) {
            return problem.apply("must be the path of a file");
        } catch (IllegalArgumentException refused) {
            return problem.apply(String.valueOf(refused.getMessage()));
        }
    }

    private static Optional<Object> duration(String text, Function<String, Optional<Object>> problem) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return problem.apply("must be a duration: a whole number and one of ms, s, m, h, d, such as 30s");
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                });
    }

    private static Optional<Object> constant(String text, Class<?> type, Function<String, Optional<Object>> problem) {
        for (Object constant : type.getEnumConstants()) {
            if (word(constant).equals(text)) {
                return Optional.of(constant);
            }
        }
        return problem.apply("must be one of "
                + Arrays.stream(type.getEnumConstants()).map(ScalarBinder::word).collect(Collectors.joining(", ")));
    }

    private static String word(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isCore(Tag tag) {
        return tag.equals(Tag.STR)
                || tag.equals(Tag.ENV_TAG)
                || tag.equals(Tag.INT)
                || tag.equals(Tag.FLOAT)
                || tag.equals(Tag.BOOL);
    }
}
