package dev.scopegate.config;

import dev.scopegate.model.Access;
import dev.scopegate.model.RouteRequirement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Writes rules into an OpenAPI document, as the {@code security} of its operations. All else of the document stays as it is,
 * to the last blank and comment; so do operations that say the same already.
 *
 * <p>Writes who may use an operation and with which scopes. Does not write claims, issuers and the ways of authentication,
 * which OpenAPI has no words for.
 *
 * <p>Not thread-safe; use one per document.
 */
public final class OpenApiExport {

    private static final int MAX_CHARACTERS = 1 << 24;

    private final String source;
    private final OpenApiReader reader;
    private final SecurityText writer;
    private final Map<String, String> places = new HashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    private OpenApiExport(String source, String text) {
        this.source = source;
        Node root = YamlText.compose(source, text, MAX_CHARACTERS, "an OpenAPI document", "at least 'paths'");
        this.reader = new OpenApiReader(source, root);
        this.writer = new SecurityText(text);
    }

    /**
     * The text of a document, with what {@code rules} say of each operation.
     *
     * @param source the name of the document in messages, such as {@code openapi.yaml}
     * @param rules what a request for an operation has to meet
     * @throws ConfigException if the text is no OpenAPI document, or cannot say what a rule asks for; the message lists all
     *     such operations
     */
    public static String written(String source, String text, Function<OpenApiOperation, RouteRequirement> rules) {
        try {
            return new OpenApiExport(source, text).written(rules);
        } catch (OpenApiMistake mistake) {
            throw new ConfigException(
                    List.of(new ConfigProblem("", mistake.sentence())),
                    new Locations(source, Map.of("", source + ":" + mistake.place())));
        }
    }

    private String written(Function<OpenApiOperation, RouteRequirement> rules) {
        IdentityHashMap<Node, String> said = new IdentityHashMap<>();
        for (OpenApiReader.Found found : reader.operations()) {
            OpenApiOperation operation = found.operation();
            if (!(found.node().orElse(null) instanceof MappingNode mapping)) {
                report(operation, operation.problem().orElse("is no operation"));
                continue;
            }
            RouteRequirement rule = rules.apply(operation);
            security(operation, rule).ifPresent(text -> {
                if (!text.equals(said.getOrDefault(mapping, text))) {
                    report(operation, "stands for several paths whose rules differ; write each out");
                } else if (said.put(mapping, text) == null && !operation.agreesWith(rule)) {
                    writer.write(mapping, text);
                }
            });
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems, new Locations(source, places));
        }
        return proved(writer.text(), rules);
    }

    /** What is written says what the rules say: shown by reading it. */
    private String proved(String text, Function<OpenApiOperation, RouteRequirement> rules) {
        for (OpenApiOperation operation : OpenApiRoutes.read(source, text).operations()) {
            if (!operation.agreesWith(rules.apply(operation))) {
                throw YamlText.refusal(source, "cannot be written in its form; write 'security' in lines of its own");
            }
        }
        return text;
    }

    private Optional<String> security(OpenApiOperation operation, RouteRequirement rule) {
        if (rule.access() == Access.PUBLIC) {
            return Optional.of("[]");
        }
        if (rule.access() == Access.DENY) {
            report(operation, "nobody may use it, which OpenAPI cannot say; write a rule, or leave the operation out");
            return Optional.empty();
        }
        boolean withScopes = !rule.challengeScopes().isEmpty();
        Optional<String> scheme = reader.scheme(withScopes);
        if (scheme.isEmpty()) {
            report(
                    operation,
                    withScopes
                            ? "needs a security scheme of type oauth2 or openIdConnect; define one in 'components'"
                            : "needs a security scheme of type oauth2, openIdConnect or http bearer; define one in"
                                    + " 'components'");
            return Optional.empty();
        }
        String alternatives = String.join(
                ", ",
                OpenApiOperation.ways(rule.scopes(), rule.anyScope()).stream()
                        .map(scopes -> writer.alternative(scheme.get(), scopes))
                        .toList());
        return Optional.of("[" + alternatives + (rule.access() == Access.OPTIONAL ? ", {}]" : "]"));
    }

    private void report(OpenApiOperation operation, String message) {
        places.put(operation.place(), operation.place());
        problems.add(new ConfigProblem(
                operation.place(),
                message.startsWith(operation.method() + " ") ? message : operation.route() + ": " + message));
    }
}
