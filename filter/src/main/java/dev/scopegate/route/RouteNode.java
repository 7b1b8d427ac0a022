package dev.scopegate.route;

import dev.scopegate.model.RouteRequirement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One segment in the tree of rules. Immutable; safe for concurrent use.
 *
 * <p>A search allocates nothing and visits a node at most once, since each node is reached by one way only: its cost is
 * bounded by the number of rules, whatever path arrives.
 */
final class RouteNode {

    private final SegmentMap literals;
    private final @Nullable RouteNode any;
    private final Map<String, RouteRequirement> here;
    private final Map<String, RouteRequirement> below;

    private RouteNode(Draft draft) {
        literals = new SegmentMap(draft.literals.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, literal -> new RouteNode(literal.getValue()))));
        any = draft.any == null ? null : new RouteNode(draft.any);
        here = Map.copyOf(draft.here);
        below = Map.copyOf(draft.below);
    }

    /** The most specific rule for {@code method} and the rest of {@code path} from {@code start} on; null if there is none. */
    @Nullable
    RouteRequirement find(String method, String path, int start) {
        int slash = path.indexOf('/', start);
        int end = slash < 0 ? path.length() : slash;
        RouteNode literal = literals.get(path, start, end);
        RouteRequirement found = literal == null ? null : literal.rest(method, path, slash);
        if (found == null && any != null && end > start) {
            found = any.rest(method, path, slash);
        }
        return found == null ? forMethod(below, method) : found;
    }

    /** All rules for {@code method} and the rest of {@code path}, in the order in which {@link #find} prefers them. */
    void collect(String method, String path, int start, List<RouteRequirement> found) {
        int slash = path.indexOf('/', start);
        int end = slash < 0 ? path.length() : slash;
        RouteNode literal = literals.get(path, start, end);
        if (literal != null) {
            literal.collectRest(method, path, slash, found);
        }
        if (any != null && end > start) {
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
        Stream.of(method, method.equals("HEAD") ? "GET" : method, RoutePattern.ALL_METHODS)
                .map(name -> Optional.ofNullable(rules.get(name)))
                .flatMap(Optional::stream)
                .filter(rule -> !found.contains(rule))
                .forEach(found::add);
    }

    /** The rule for what follows this node's own segment. */
    private @Nullable RouteRequirement rest(String method, String path, int slash) {
        if (slash >= 0) {
            return find(method, path, slash + 1);
        }
        // The end of the path: "/contacts" is covered by itself, and by "/contacts/**".
        RouteRequirement exact = forMethod(here, method);
        return exact == null ? forMethod(below, method) : exact;
    }

    private static @Nullable RouteRequirement forMethod(Map<String, RouteRequirement> rules, String method) {
        if (rules.isEmpty()) {
            return null;
        }
        RouteRequirement rule = rules.get(method);
        if (rule == null && method.equals("HEAD")) {
            // RFC 9110 §9.3.2: HEAD is GET without the body, so it must not be easier to get.
            rule = rules.get("GET");
        }
        // A method called "*" would find the rule for all methods, and that is what applies to it.
        return rule == null ? rules.get(RoutePattern.ALL_METHODS) : rule;
    }

    /** A node that is still being filled. Not thread-safe. */
    static final class Draft {

        private final Map<String, Draft> literals = new HashMap<>();
        private final Map<String, RouteRequirement> here = new HashMap<>();
        private final Map<String, RouteRequirement> below = new HashMap<>();
        private @Nullable Draft any;

        /**
         * Puts a rule into the tree below this node.
         *
         * @throws IllegalArgumentException if another rule is as specific for some request
         */
        void add(RoutePattern pattern, RouteRequirement requirement) {
            Draft node = this;
            for (String segment : pattern.segments()) {
                node = segment.equals(RoutePattern.ANY)
                        ? node.anySegment()
                        : node.literals.computeIfAbsent(segment, literal -> new Draft());
            }
            for (String method : pattern.methodKeys()) {
                RouteRequirement other = (pattern.open() ? node.below : node.here).putIfAbsent(method, requirement);
                if (other != null) {
                    throw new IllegalArgumentException(
                            "names the same requests as '" + other.route() + "'; keep one of them");
                }
            }
        }

        RouteNode build() {
            return new RouteNode(this);
        }

        private Draft anySegment() {
            if (any == null) {
                any = new Draft();
            }
            return any;
        }
    }
}
