package dev.scopegate.cli;

import dev.scopegate.config.RouteConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Rules as the key {@code routes} of a configuration. */
final class RouteYaml {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z](?:[A-Za-z0-9_./:-]*[A-Za-z0-9])?");

    private RouteYaml() {}

    /** The lines of {@code routes}. Rules may ask for access and scopes; nothing else of a rule is written. */
    static List<String> of(List<RouteConfig> rules) {
        List<String> lines = new ArrayList<>();
        lines.add(rules.isEmpty() ? "# no operations" : "routes:");
        rules.forEach(rule -> lines.add("  - { route: " + quoted(rule.route()) + ", " + requirement(rule) + " }"));
        return lines;
    }

    private static String requirement(RouteConfig rule) {
        List<String> parts = new ArrayList<>();
        rule.access().ifPresent(access -> parts.add("access: " + access.name().toLowerCase(Locale.ROOT)));
        if (!rule.scopes().isEmpty()) {
            parts.add("scopes: " + list(rule.scopes()));
        }
        if (!rule.anyScope().isEmpty()) {
            parts.add("any-scope: " + list(rule.anyScope()));
        }
        return String.join(", ", parts);
    }

    private static String list(List<String> words) {
        return words.stream()
                .map(word -> PLAIN.matcher(word).matches() ? word : quoted(word))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
