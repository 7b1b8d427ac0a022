package dev.scopegate.route;

import dev.scopegate.config.Locations;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.model.RouteRequirement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rules of a configuration as people read them: a table in the order in which rules are matched, and warnings of what is
 * easily overlooked. Made for a log or a terminal; nothing of a request is in it.
 *
 * <p>Expects a configuration without mistakes; rules that cannot be read are left out.
 */
public final class RuleListing {

    private static final List<String> HEADINGS = List.of("rule", "requirement", "mode", "where");

    private RuleListing() {}

    /** A rule in its place. */
    record Row(RoutePattern pattern, RouteRequirement requirement, String place) {}

    /**
     * The table, one line for each rule under a line of headings, the most specific rule first; the last line is what applies
     * where no rule does.
     */
    public static List<String> lines(ScopegateConfig config, Locations locations) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEADINGS);
        rows(config, locations).forEach(row -> cells.add(cells(row.requirement(), row.place())));
        RouteRequirement otherwise = RouteRequirement.of("(no rule)", config.defaultAccess(), config.mode());
        cells.add(cells(otherwise, locations.byPath().getOrDefault("default-access", "by default")));
        return aligned(cells);
    }

    /** What is risky, one sentence each with its place; empty if nothing is. */
    public static List<String> warnings(ScopegateConfig config, Locations locations) {
        return new RuleWarnings(config, locations, rows(config, locations)).all();
    }

    private static List<Row> rows(ScopegateConfig config, Locations locations) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < config.routes().size(); i++) {
            RouteConfig route = config.routes().get(i);
            try {
                rows.add(new Row(
                        RoutePattern.parse(route.route()),
                        RouteTable.requirement(route, config.mode()),
                        locations.nearest("routes[" + i + "]")));
            } catch (IllegalArgumentException mistake) {
                // Left to the checks, which report it with the reason.
            }
        }
        rows.sort(Comparator.comparing(Row::pattern, RuleListing::bySpecificity));
        return rows;
    }

    /** Segment by segment: the end of the path, a literal, any segment, everything below; then named methods before all. */
    private static int bySpecificity(RoutePattern a, RoutePattern b) {
        int longest = Math.max(a.segments().size(), b.segments().size()) + 1;
        for (int i = 0; i < longest; i++) {
            int order = Integer.compare(rank(a, i), rank(b, i));
            if (order == 0 && i < a.segments().size() && i < b.segments().size()) {
                order = a.segments().get(i).compareTo(b.segments().get(i));
            }
            if (order != 0) {
                return order;
            }
        }
        int order = Boolean.compare(a.methods().isEmpty(), b.methods().isEmpty());
        return order != 0 ? order : String.join("|", a.methods()).compareTo(String.join("|", b.methods()));
    }

    private static int rank(RoutePattern pattern, int at) {
        if (at < pattern.segments().size()) {
            return pattern.segments().get(at).equals(RoutePattern.ANY) ? 2 : 1;
        }
        return pattern.open() ? 3 : 0;
    }

    private static List<String> cells(RouteRequirement requirement, String place) {
        return List.of(
                requirement.route(),
                requirement.summary(),
                requirement.mode().name().toLowerCase(Locale.ROOT),
                place);
    }

    private static List<String> aligned(List<List<String>> rows) {
        List<Integer> widths = IntStream.range(0, HEADINGS.size())
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> row.get(column)
                                + " "
                                        .repeat(widths.get(column)
                                                - row.get(column).length()))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .toList();
    }
}
