package dev.scopegate.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A YAML or JSON text as nodes that know where they stand. One document, bounded in size, without aliases of collections: a
 * few lines of those can stand for gigabytes.
 */
final class YamlText {

    /** A route that YAML takes for a mapping or an alias, since it has no quotes. */
    private static final Pattern BARE_ROUTE = Pattern.compile("\\broute:\\s*(\\*|[^'\"\\s,][^'\",]*\\{)");

    private YamlText() {}

    /**
     * The root of a text.
     *
     * @param source the name of the text in messages
     * @param what what the text ought to be, with its article, such as {@code a configuration}
     * @param needs what a text has to hold at least
     * @throws ConfigException if it is malformed
     */
    static Node compose(String source, String text, int maxCharacters, String what, String needs) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setCodePointLimit(maxCharacters)
                .setMaxAliasesForCollections(0)
                .build();
        try {
            return new Compose(settings)
                    .composeString(text)
                    .orElseThrow(() -> refusal(source, "is empty; it needs " + needs));
        } catch (MarkedYamlEngineException syntax) {
            String at = syntax.getProblemMark().map(YamlText::place).orElse("1:1");
            String hint = syntax.getProblemMark()
                    .map(mark -> text.lines().skip(mark.getLine()).findFirst().orElse(""))
                    .filter(line -> BARE_ROUTE.matcher(line).find())
                    .map(line -> "; a route with '{' or '*' needs quotes here, such as route: 'GET /contacts/{id}'")
                    .orElse("");
            throw new ConfigException(
                    List.of(new ConfigProblem("", "not valid YAML: " + syntax.getProblem() + hint)),
                    new Locations(source, Map.of("", source + ":" + at)));
        } catch (YamlEngineException tooLarge) {
            throw refusal(
                    source,
                    "is not " + what + ": it is too large, holds more than one document, or has aliases, which are not"
                            + " supported");
        }
    }

    /** Where a node begins, such as {@code 14:7}. */
    static String place(Node node) {
        return node.getStartMark().map(YamlText::place).orElse("1:1");
    }

    /** Marks count from zero, people from one. */
    private static String place(Mark mark) {
        return (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }

    /** A refusal of the whole text. */
    static ConfigException refusal(String source, String message) {
        return new ConfigException(List.of(new ConfigProblem("", message)), Locations.none(source));
    }
}
