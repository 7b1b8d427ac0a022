package dev.scopegate.test.matrix;

import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import dev.scopegate.test.matrix.ApiRequest.Field;
import dev.scopegate.test.matrix.HostileCase.Weather;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The cases of the matrix for one route. The first ones are good and have to pass, so that what follows is refused for what it
 * is; the last ones stop the issuer.
 *
 * <p>Not thread-safe while it is filled; the list is immutable.
 */
public final class HostileCases {

    private final ProtectedRoute route;
    private final List<HostileCase> cases = new ArrayList<>();

    private HostileCases(ProtectedRoute route) {
        this.route = route;
    }

    /**
     * All cases, in the order in which they should be run.
     *
     * @param route a route of the API under test that a token of the issuer with its scopes may use
     */
    public static List<HostileCase> of(ProtectedRoute route) {
        HostileCases all = new HostileCases(route);
        Presentations.addTo(all);
        Encodings.addTo(all);
        Forgeries.addTo(all);
        ForeignKinds.addTo(all);
        Claims.addTo(all);
        if (!route.scopes().isEmpty()) {
            Scopes.addTo(all);
        }
        Paths.addTo(all);
        Outages.addTo(all);
        return List.copyOf(all.cases);
    }

    /**
     * Runs all cases, also after one has failed.
     *
     * @throws AssertionError that names all that failed
     */
    public static void judgeAll(ProtectedRoute route, TestedApi api, TestIssuer issuer) throws Exception {
        List<String> failures = new ArrayList<>();
        for (HostileCase each : of(route)) {
            try {
                each.judge(api, issuer);
            } catch (AssertionError failure) {
                failures.add(String.valueOf(failure.getMessage()));
            }
        }
        if (!failures.isEmpty()) {
            throw new AssertionError(String.join(System.lineSeparator(), failures));
        }
    }

    ProtectedRoute route() {
        return route;
    }

    /** Whom tokens have to be for. */
    String audience(TestIssuer issuer) {
        return route.audience().isEmpty() ? issuer.audience() : route.audience();
    }

    /** A token that is good for the route. */
    TokenBuilder good(TestIssuer issuer) {
        TokenBuilder token = issuer.token().audience(audience(issuer));
        return route.scopes().isEmpty() ? token : token.scope(route.scopes());
    }

    /** A token that is good but for one change. */
    void token(String name, Expected expected, UnaryOperator<TokenBuilder> change) {
        text(name, expected, issuer -> change.apply(good(issuer)).sign());
    }

    /** A token, as any text. */
    void text(String name, Expected expected, Function<TestIssuer, String> token) {
        text(name, expected, Weather.FAIR, token);
    }

    void text(String name, Expected expected, Weather weather, Function<TestIssuer, String> token) {
        add(name, expected, weather, issuer -> bearer("Bearer " + token.apply(issuer)));
    }

    /** Header fields, given a good token. */
    void fields(String name, Expected expected, Function<String, List<Field>> fields) {
        add(
                name,
                expected,
                Weather.FAIR,
                issuer -> new ApiRequest(
                        route.method(), route.path(), fields.apply(good(issuer).sign())));
    }

    /** Another target, with a good token in its proper place. */
    void target(String name, Expected expected, String target) {
        add(
                name,
                expected,
                Weather.FAIR,
                issuer -> new ApiRequest(
                        route.method(),
                        target,
                        List.of(new Field(
                                "Authorization", "Bearer " + good(issuer).sign()))));
    }

    /** A target made of a good token, without any header field. */
    void urlWithToken(String name, Expected expected, Function<String, String> target) {
        add(
                name,
                expected,
                Weather.FAIR,
                issuer ->
                        new ApiRequest(route.method(), target.apply(good(issuer).sign()), List.of()));
    }

    private ApiRequest bearer(String authorization) {
        return new ApiRequest(route.method(), route.path(), List.of(new Field("Authorization", authorization)));
    }

    private void add(String name, Expected expected, Weather weather, HostileCase.Maker maker) {
        cases.add(new HostileCase(name, expected, weather, maker));
    }
}
