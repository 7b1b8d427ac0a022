package dev.scopegate.route;

import dev.scopegate.config.ConfigProblem;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.model.Access;
import dev.scopegate.model.RouteRequirement;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which requirement a request meets: the most specific rule, whatever the order in which rules were written. A literal
 * segment is more specific than {@code {name}} or {@code *}, and that is more than {@code **}; then a named method is more
 * than {@code *}. A rule for GET serves HEAD as well; none serves TRACE, which is denied. Where no rule names the request,
 * the default access applies.
 *
 * <p>Compares case-sensitively, with the path that the container dispatches. Does not check whether that path was spelled
 * ambiguously: see {@link PathGuard}.
 *
 * <p>Immutable; safe for concurrent use.
 */
public final class RouteTable {

    private static final RouteRequirement NEVER = RouteRequirement.of(RouteRequirement.NO_RULE, Access.DENY);

    private final RouteNode root;
    private final RouteRequirement otherwise;

    private RouteTable(RouteNode root, RouteRequirement otherwise) {
        this.root = root;
        this.otherwise = otherwise;
    }

    /**
     * Builds a table. What is wrong with a rule goes to {@code problems}, and the rule is left out; so a table with
     * problems must not be used.
     */
    public static RouteTable compile(List<RouteConfig> routes, Access otherwise, Consumer<ConfigProblem> problems) {
        RouteNode root = new RouteNode();
        for (int i = 0; i < routes.size(); i++) {
            RouteConfig route = routes.get(i);
            try {
                root.add(RoutePattern.parse(route.route()), requirement(route));
            } catch (IllegalArgumentException mistake) {
                String path = "routes[" + i + "].route";
                problems.accept(new ConfigProblem(path, "'" + path + "': " + mistake.getMessage()));
            }
        }
        return new RouteTable(root, RouteRequirement.of(RouteRequirement.NO_RULE, otherwise));
    }

    /** What the request has to meet. */
    public RouteRequirement match(String method, String path) {
        // RFC 9110 §9.3.8: TRACE sends the request back, and servlets do so with the token in it. No default access is
        // meant for that.
        return method.equals("TRACE") ? NEVER : rule(method, path).orElse(otherwise);
    }

    /** The rule that names the request, if one does. */
    public Optional<RouteRequirement> rule(String method, String path) {
        return path.startsWith("/") ? root.find(method, path, 1) : Optional.empty();
    }

    private static RouteRequirement requirement(RouteConfig route) {
        return new RouteRequirement(
                route.route().trim(),
                route.access().orElse(Access.AUTHENTICATED),
                route.scopes(),
                route.anyScope(),
                route.acr(),
                route.maxAge());
    }
}
