package dev.scopegate.config;

import dev.scopegate.model.Access;
import dev.scopegate.model.ScopeToken;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the routes of a configuration have to obey, but for their text, which the route table reads. */
final class RouteChecks {

    private static final Pattern METADATA_RULE =
            Pattern.compile("(?:GET|HEAD|GET\\|HEAD|HEAD\\|GET) +/\\.well-known/oauth-protected-resource");

    private final Findings findings;

    RouteChecks(Findings findings) {
        this.findings = findings;
    }

    void check(ScopegateConfig config) {
        List<String> issuerNames = config.issuerNames();
        for (int i = 0; i < config.routes().size(); i++) {
            checkRoute(config.routes().get(i), "routes[" + i + "]", issuerNames);
            checkFreshness(config.routes().get(i), "routes[" + i + "]", config);
            checkReachable(config.routes().get(i), "routes[" + i + "]", config);
        }
    }

    private void checkRoute(RouteConfig route, String path, List<String> issuerNames) {
        if (route.route().isBlank()) {
            findings.report(path, "'" + path + ".route' is missing; write it as 'GET /contacts/**'");
        }
        checkScopes(route.scopes(), path + ".scopes");
        checkScopes(route.anyScope(), path + ".any-scope");
        checkScopes(route.acr(), path + ".acr");
        route.anyScope().stream()
                .filter(route.scopes()::contains)
                .findFirst()
                .ifPresent(scope -> findings.report(
                        path + ".any-scope",
                        "'" + path + ".any-scope' asks for nothing, since 'scopes' requires one of them already"));
        for (String issuer : route.issuer()) {
            if (!issuerNames.contains(issuer)) {
                findings.report(
                        path + ".issuer",
                        "'" + path + ".issuer' names no issuer of this configuration; their names are "
                                + String.join(", ", issuerNames));
            }
        }
        route.maxAge().ifPresent(age -> findings.between(path + ".max-age", age, Duration.ZERO, Duration.ofDays(365)));
        if (route.access().isEmpty() && !route.asksOfToken()) {
            findings.report(
                    path,
                    "'" + path
                            + "' requires nothing; name 'scopes', or say 'access: authenticated' or 'access: public'");
        }
        route.access()
                .filter(access -> access != Access.AUTHENTICATED && route.asksOfToken())
                .ifPresent(
                        access -> findings.report(
                                path + ".access",
                                "'" + path
                                        + "' contradicts itself: only 'access: authenticated' can require something of a token"));
    }

    /** Whoever vouches for a token of the route has to be one who can be asked how it stands with it now. */
    private void checkFreshness(RouteConfig route, String path, ScopegateConfig config) {
        if (route.maxStaleness().isEmpty() || route.access().orElse(Access.AUTHENTICATED) != Access.AUTHENTICATED) {
            return;
        }
        String key = path + ".max-staleness";
        findings.between(key, route.maxStaleness().get(), Duration.ZERO, Duration.ofHours(1));
        List<String> names = config.issuerNames();
        String silent = IntStream.range(0, names.size())
                .filter(i -> route.issuer().isEmpty() || route.issuer().contains(names.get(i)))
                .filter(i -> !config.issuers().get(i).introspection().isConfigured())
                .mapToObj(names::get)
                .collect(Collectors.joining(", "));
        if (!silent.isEmpty()) {
            findings.report(
                    key,
                    "'" + key + "' cannot be held for tokens of " + silent + ", which is not asked about tokens; add"
                            + " 'introspection' to that issuer, or name only others in 'issuer' of the route");
        }
    }

    /** The published metadata is answered before any rule is asked. */
    private void checkReachable(RouteConfig route, String path, ScopegateConfig config) {
        boolean published = config.challenge().metadata() && config.resource().isPresent();
        if (published && METADATA_RULE.matcher(route.route().trim()).matches()) {
            findings.report(
                    path,
                    "'" + path
                            + "' is never asked, since the protected resource metadata is published there; leave it out, or"
                            + " set 'challenge.metadata: false'");
        }
    }

    private void checkScopes(List<String> scopes, String path) {
        for (String scope : scopes) {
            if (!ScopeToken.is(scope)) {
                findings.report(
                        path,
                        "'" + path + "' must hold single words of printable ASCII; write several as a list: [a, b]");
            }
        }
    }
}
