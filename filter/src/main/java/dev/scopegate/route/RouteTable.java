package dev.scopegate.route;

import dev.scopegate.config.ConfigProblem;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.model.Access;
import dev.scopegate.model.Mode;
import dev.scopegate.model.RouteRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
    public static RouteTable compile(
            List<RouteConfig> routes, Access otherwise, Mode mode, Consumer<ConfigProblem> problems) {
        RouteNode.Draft root = new RouteNode.Draft();
        for (int i = 0; i < routes.size(); i++) {
            RouteConfig route = routes.get(i);
            try {
                root.add(RoutePattern.parse(route.route()), requirement(route, mode));
            } catch (IllegalArgumentException mistake) {
                String path = "routes[" + i + "].route";
                problems.accept(new ConfigProblem(path, "'" + path + "': " + mistake.getMessage()));
            }
        }
        return new RouteTable(root.build(), RouteRequirement.of(RouteRequirement.NO_RULE, otherwise, mode));
    }

    /** What the request has to meet. */
    public RouteRequirement match(String method, String path) {
        // RFC 9110 §9.3.8: TRACE sends the request back, and servlets do so with the token in it. No default access is
        // meant for that.
        if (method.equals("TRACE")) {
            return NEVER;
        }
        RouteRequirement rule = find(method, path);
        return rule == null ? otherwise : rule;
    }

    /** The rule that names the request, if one does. */
    public Optional<RouteRequirement> rule(String method, String path) {
        return Optional.ofNullable(find(method, path));
    }

    private @Nullable RouteRequirement find(String method, String path) {
        return path.startsWith("/") ? root.find(method, path, 1) : null;
    }

    /**
     * All rules that name the request, the one that applies first. Not for the way of a request: it walks all branches.
     */
    public List<RouteRequirement> candidates(String method, String path) {
        List<RouteRequirement> found = new ArrayList<>();
        if (path.startsWith("/")) {
            root.collect(method, path, 1, found);
        }
        return List.copyOf(found);
    }

    /** What a rule asks for, {@code mode} being that of the whole. */
    public static RouteRequirement requirement(RouteConfig route, Mode mode) {
        return new RouteRequirement(
                route.route().trim(),
                route.access().orElse(Access.AUTHENTICATED),
                route.scopes(),
                route.anyScope(),
                route.claims(),
                Set.copyOf(route.issuer()),
                route.acr(),
                route.maxAge(),
                route.maxStaleness(),
                route.mode().orElse(mode));
    }
}
