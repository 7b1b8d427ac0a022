package dev.scopegate.route;

import dev.scopegate.config.Locations;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.model.Access;
import dev.scopegate.model.Mode;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.route.RuleListing.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What is easily overlooked in a set of rules. Judges rules, never requests. */
final class RuleWarnings {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** A segment that no literal can be, since rules refuse braces in literals. */
    private static final String SAMPLE = "{any}";

    private final ScopegateConfig config;
    private final Locations locations;
    private final List<Row> rows;
    private final RouteTable table;
    private final List<String> warnings = new ArrayList<>();

    RuleWarnings(ScopegateConfig config, Locations locations, List<Row> rows) {
        this.config = config;
        this.locations = locations;
        this.rows = rows;
        this.table = RouteTable.compile(config.routes(), config.defaultAccess(), config.mode(), problem -> {});
    }

    List<String> all() {
        warnOfTheWhole();
        for (Row row : rows) {
            warnOfOpenRules(row);
            warnOfOtherMethods(row);
            if (config.mode() == Mode.ENFORCE && row.requirement().mode() == Mode.SHADOW) {
                warn(
                        row.place(),
                        name(row) + " is in shadow mode: its refusals are only counted, and the requests go on");
            }
        }
        return List.copyOf(warnings);
    }

    private void warnOfTheWhole() {
        if (config.mode() == Mode.SHADOW) {
            warn(locations.nearest("mode"), "shadow mode: refusals are only counted, and the requests go on");
        }
        if (isOpen(config.defaultAccess())) {
            warn(
                    locations.nearest("default-access"),
                    "'default-access: " + word(config.defaultAccess()) + "' opens whatever no rule names");
        }
    }

    private void warnOfOpenRules(Row row) {
        Set<String> methods = row.pattern().methods();
        boolean reading = !methods.isEmpty() && READING.containsAll(methods);
        Access access = row.requirement().access();
        if (row.pattern().open() && (access == Access.OPTIONAL || (access == Access.PUBLIC && !reading))) {
            warn(row.place(), name(row) + " opens everything below its path (" + word(access) + ")");
        }
    }

    /** A rule for some methods says nothing of the others, and what they fall to may ask for less. */
    private void warnOfOtherMethods(Row row) {
        RouteRequirement asked = row.requirement();
        if (row.pattern().methods().isEmpty() || isOpen(asked.access())) {
            return;
        }
        Map<RouteRequirement, List<String>> weaker = new LinkedHashMap<>();
        for (String method : METHODS) {
            RouteRequirement met = table.match(method, sample(row.pattern()));
            if (!row.pattern().methods().contains(method) && !namesMethods(met) && strength(met) < strength(asked)) {
                weaker.computeIfAbsent(met, rule -> new ArrayList<>()).add(method);
            }
        }
        weaker.forEach((met, methods) -> warn(
                row.place(),
                name(row) + " says nothing of " + String.join(", ", methods) + ", which there fall to "
                        + (met.route().equals(RouteRequirement.NO_RULE) ? "'default-access'" : "'" + met.route() + "'")
                        + " (" + met.summary() + ")"));
    }

    /** Whether somebody wrote down what holds for these very methods, and so meant it. */
    private static boolean namesMethods(RouteRequirement rule) {
        return !rule.route().equals(RouteRequirement.NO_RULE) && !rule.route().startsWith("*");
    }

    private static String sample(RoutePattern pattern) {
        List<String> segments = new ArrayList<>();
        pattern.segments().forEach(segment -> segments.add(segment.equals(RoutePattern.ANY) ? SAMPLE : segment));
        if (pattern.open()) {
            segments.add(SAMPLE);
        }
        return "/" + String.join("/", segments);
    }

    /** How much is asked, in steps: nothing, a good token if any, a token, something of a token, too much for anyone. */
    private static int strength(RouteRequirement rule) {
        return switch (rule.access()) {
            case PUBLIC -> 0;
            case OPTIONAL -> 1;
            case AUTHENTICATED -> rule.summary().equals(word(Access.AUTHENTICATED)) ? 2 : 3;
            case DENY -> 4;
        };
    }

    private static boolean isOpen(Access access) {
        return access == Access.PUBLIC || access == Access.OPTIONAL;
    }

    private static String name(Row row) {
        return "'" + row.requirement().route() + "'";
    }

    private static String word(Access access) {
        return access.name().toLowerCase(Locale.ROOT);
    }

    private void warn(String place, String sentence) {
        warnings.add(place + ": " + sentence);
    }
}
