package dev.scopegate.route;

import dev.scopegate.model.RouteRequirement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One segment in the tree of rules. Not thread-safe while it is filled; immutable in use.
 *
 * <p>A search visits a node at most once, since each node is reached by one way only: its cost is bounded by the number of
 * rules, whatever path arrives.
 */
final class RouteNode {

    private static final String ALL_METHODS = "*";

    private final Map<String, RouteNode> literals = new HashMap<>();
    private final Map<String, RouteRequirement> here = new HashMap<>();
    private final Map<String, RouteRequirement> below = new HashMap<>();
    private @Nullable RouteNode any;

    /** Puts a rule into the tree below this node. */
    void add(RoutePattern pattern, RouteRequirement requirement) {
        RouteNode node = this;
        for (String segment : pattern.segments()) {
            node = segment.equals(RoutePattern.ANY)
                    ? node.anySegment()
                    : node.literals.computeIfAbsent(segment, literal -> new RouteNode());
        }
        Set<String> methods = pattern.methods().isEmpty() ? Set.of(ALL_METHODS) : pattern.methods();
        for (String method : methods) {
            RouteRequirement other = (pattern.open() ? node.below : node.here).putIfAbsent(method, requirement);
            if (other != null) {
                throw new IllegalArgumentException(
                        "names the same requests as '" + other.route() + "'; keep one of them");
            }
        }
    }

    /** The most specific rule for {@code method} and the rest of {@code path} from {@code start} on. */
    Optional<RouteRequirement> find(String method, String path, int start) {
        int slash = path.indexOf('/', start);
        String segment = slash < 0 ? path.substring(start) : path.substring(start, slash);
        RouteNode literal = literals.get(segment);
        Optional<RouteRequirement> found = literal == null ? Optional.empty() : literal.rest(method, path, slash);
        if (found.isEmpty() && any != null && !segment.isEmpty()) {
            found = any.rest(method, path, slash);
        }
        return found.isPresent() ? found : forMethod(below, method);
    }

    /** All rules for {@code method} and the rest of {@code path}, in the order in which {@link #find} prefers them. */
    void collect(String method, String path, int start, List<RouteRequirement> found) {
        int slash = path.indexOf('/', start);
        String segment = slash < 0 ? path.substring(start) : path.substring(start, slash);
        RouteNode literal = literals.get(segment);
        if (literal != null) {
            literal.collectRest(method, path, slash, found);
        }
        if (any != null && !segment.isEmpty()) {
            any.collectRest(method, path, slash, found);
        }
        collect(below, method, found);
    }

    private void collectRest(String method, String path, int slash, List<RouteRequirement> found) {
        if (slash >= 0) {
            collect(method, path, slash + 1, found);
        } else {
            collect(here, method, found);
            collect(below, method, found);
        }
    }

    private static void collect(Map<String, RouteRequirement> rules, String method, List<RouteRequirement> found) {
        Stream.of(method, method.equals("HEAD") ? "GET" : method, ALL_METHODS)
                .map(name -> Optional.ofNullable(rules.get(name)))
                .flatMap(Optional::stream)
                .filter(rule -> !found.contains(rule))
                .forEach(found::add);
    }

    /** The rule for what follows this node's own segment. */
    private Optional<RouteRequirement> rest(String method, String path, int slash) {
        if (slash >= 0) {
            return find(method, path, slash + 1);
        }
        // The end of the path: "/contacts" is covered by itself, and by "/contacts/**".
        Optional<RouteRequirement> exact = forMethod(here, method);
        return exact.isPresent() ? exact : forMethod(below, method);
    }

    private static Optional<RouteRequirement> forMethod(Map<String, RouteRequirement> rules, String method) {
        RouteRequirement rule = rules.get(method);
        if (rule == null && method.equals("HEAD")) {
            // RFC 9110 §9.3.2: HEAD is GET without the body, so it must not be easier to get.
            rule = rules.get("GET");
        }
        // A method called "*" would find the rule for all methods, and that is what applies to it.
        return Optional.ofNullable(rule == null ? rules.get(ALL_METHODS) : rule);
    }

    private RouteNode anySegment() {
        if (any == null) {
            any = new RouteNode();
        }
        return any;
    }
}
