package dev.scopegate.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules that an OpenAPI document, 3.0 or 3.1, YAML or JSON, says by the {@code security} of its operations. That of an
 * operation counts, else that of the whole document; an empty list means public. An operation of which neither says anything
 * has no rule: nothing says that it is public.
 *
 * <p>Reads one document: references to others are a problem of the operation. Does not look at webhooks and callbacks, nor
 * at parameters, schemas and the like.
 *
 * <p>Immutable.
 */
public final class OpenApiRoutes {

    /** Documents are written by tools and grow large; yet they are read whole. */
    private static final int MAX_CHARACTERS = 1 << 24;

    private final String source;
    private final List<OpenApiOperation> operations;

    private OpenApiRoutes(String source, List<OpenApiOperation> operations) {
        this.source = source;
        this.operations = List.copyOf(operations);
    }

    /**
     * Reads a file.
     *
     * @throws ConfigException if it is missing, unreadable or no OpenAPI document
     */
    public static OpenApiRoutes read(Path file) {
        String source = String.valueOf(file.getFileName());
        try {
            if (Files.size(file) > 4L * MAX_CHARACTERS) {
                throw YamlText.refusal(source, "is not an OpenAPI document: it is too large");
            }
            return read(source, Files.readString(file, StandardCharsets.UTF_8));
        } catch (CharacterCodingException notUtf8) {
            throw YamlText.refusal(source, "is not UTF-8");
        } catch (IOException unreadable) {
            throw YamlText.refusal(source, "cannot be read at " + file.toAbsolutePath());
        }
    }

    /**
     * Reads a text.
     *
     * @param source the name of the text in messages, such as {@code openapi.yaml}
     * @throws ConfigException if it is no OpenAPI document
     */
    public static OpenApiRoutes read(String source, String text) {
        try {
            OpenApiReader reader = new OpenApiReader(
                    source, YamlText.compose(source, text, MAX_CHARACTERS, "an OpenAPI document", "at least 'paths'"));
            return new OpenApiRoutes(
                    source,
                    reader.operations().stream()
                            .map(OpenApiReader.Found::operation)
                            .toList());
        } catch (OpenApiMistake mistake) {
            throw new ConfigException(
                    List.of(new ConfigProblem("", mistake.sentence())),
                    new Locations(source, Map.of("", source + ":" + mistake.place())));
        }
    }

    /** The operations, in the order of the document. */
    public List<OpenApiOperation> operations() {
        return operations;
    }

    /**
     * The rules of all operations, in the order of the document.
     *
     * @throws ConfigException if an operation has none; the message lists all of those
     */
    public List<RouteConfig> rules() {
        Map<String, String> places = new HashMap<>();
        List<ConfigProblem> problems = problems(operations, places);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems, new Locations(source, places));
        }
        return operations.stream()
                .flatMap(operation -> operation.rule().stream())
                .toList();
    }

    /**
     * A configuration with the rules of its {@code routes-from} added to its {@code routes}. What {@code routes} says of an
     * operation itself, by the same path and its method or {@code *}, wins; a rule for a less specific path does not.
     *
     * @throws ConfigException if the document cannot be read, or an operation has no rule in either; the message then lists
     *     all mistakes of the configuration
     */
    public static LoadedConfig joined(LoadedConfig loaded) {
        Optional<Path> file = loaded.config().routesFrom().map(FileReference::path);
        // A file that is not there is among the mistakes that the checks report.
        return file.filter(Files::isReadable)
                .map(readable -> read(readable).joinedTo(loaded, readable))
                .orElse(loaded);
    }

    private LoadedConfig joinedTo(LoadedConfig loaded, Path file) {
        Set<String> written = new TreeSet<>();
        loaded.config().routes().forEach(route -> written.addAll(requests(route.route())));
        List<OpenApiOperation> added = operations.stream()
                .filter(operation -> !names(written, operation))
                .toList();
        Map<String, String> places = new HashMap<>(loaded.locations().byPath());
        List<RouteConfig> routes = new ArrayList<>(loaded.config().routes());
        for (OpenApiOperation operation : added) {
            operation.rule().ifPresent(rule -> {
                places.put("routes[" + routes.size() + "]", operation.place());
                routes.add(rule);
            });
        }
        ScopegateConfig config =
                ScopegateConfigBuilder.builder(loaded.config()).routes(routes).build();
        List<ConfigProblem> problems = problems(added, places);
        if (!problems.isEmpty()) {
            problems.addAll(0, ConfigChecks.problems(config));
        }
        if (operations.isEmpty() && routes.isEmpty()) {
            problems.add(new ConfigProblem(
                    "routes-from", "'routes-from' names a document without operations: every request would be denied"));
        }
        Locations locations = new Locations(loaded.locations().source(), places);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems, locations);
        }
        Set<Path> files = new LinkedHashSet<>(loaded.files());
        files.add(file);
        return new LoadedConfig(config, locations, List.copyOf(files), loaded.warnings());
    }

    /** Whether a rule names the very path of an operation and its method, be it by {@code *}. */
    private static boolean names(Set<String> written, OpenApiOperation operation) {
        return written.containsAll(requests(operation.route()))
                || written.containsAll(requests("* " + operation.path()));
    }

    private static List<ConfigProblem> problems(List<OpenApiOperation> operations, Map<String, String> places) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (OpenApiOperation operation : operations) {
            operation.problem().ifPresent(problem -> {
                places.put(operation.place(), operation.place());
                problems.add(new ConfigProblem(operation.place(), problem));
            });
        }
        return problems;
    }

    /** The requests that a rule names, each method by itself, variables without their names. */
    private static Set<String> requests(String route) {
        String[] parts = route.trim().split(" +", 2);
        Set<String> requests = new TreeSet<>();
        if (parts.length == 2) {
            String path = parts[1].replaceAll("\\{[^{}/]*}", "*");
            for (String method : parts[0].split("\\|", -1)) {
                requests.add(method + " " + path);
            }
        }
        return requests;
    }
}
