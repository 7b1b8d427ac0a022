package dev.scopegate.config;

import dev.scopegate.model.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a configuration has to obey beyond its form, the same for every way of writing one. All mistakes are reported at
 * once.
 *
 * <p>Does not check the text of routes: the route table does. Looks whether files are there, and calls no one.
 */
public final class ConfigChecks {

    /** RFC 6749 §3.3. */
    private static final Pattern SCOPE_TOKEN = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    private static final Pattern METADATA_RULE =
            Pattern.compile("(?:GET|HEAD|GET\\|HEAD|HEAD\\|GET) +/\\.well-known/oauth-protected-resource");

    private static final Pattern QUOTABLE = Pattern.compile("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    /** Letters of any language, but nothing that moves the text around. */
    private static final Pattern NAME = Pattern.compile("(?U)(?=.*\\S)[^\\p{Cc}\\p{Cs}\\u2028\\u2029]{1,200}");

    private final List<ConfigProblem> problems = new ArrayList<>();

    private ConfigChecks() {}

    /** The mistakes in {@code config}; empty if it is sound. */
    public static List<ConfigProblem> problems(ScopegateConfig config) {
        ConfigChecks checks = new ConfigChecks();
        checks.checkTop(config);
        checks.checkIssuers(config);
        for (int i = 0; i < config.routes().size(); i++) {
            checks.checkRoute(config.routes().get(i), "routes[" + i + "]", config.issuerNames());
            checks.checkReachable(config.routes().get(i), "routes[" + i + "]", config);
        }
        return List.copyOf(checks.problems);
    }

    private void checkTop(ScopegateConfig config) {
        config.resource()
                .flatMap(resource -> Addresses.resourceProblem(resource))
                .ifPresent(problem -> report("resource", "'resource' " + problem));
        if (config.routes().isEmpty() && config.routesFrom().isEmpty()) {
            report("routes", "no routes: every request would be denied; add 'routes' with at least one rule");
        }
        config.externalUrl()
                .flatMap(Addresses::externalProblem)
                .ifPresent(problem -> report("external-url", "'external-url' " + problem));
        config.routesFrom().ifPresent(file -> readable("routes-from", file.path()));
        between("reload-interval", config.reloadInterval(), Duration.ZERO, Duration.ofDays(1));
        checkTokens(config.tokens());
        checkHttp(config.http());
        checkCrypto(config.crypto());
        config.challenge()
                .resourceName()
                .filter(name -> !NAME.matcher(name).matches())
                .ifPresent(name -> report(
                        "challenge.resource-name",
                        "'challenge.resource-name' must be a text of one line, up to 200 characters"));
        config.challenge()
                .realm()
                .filter(realm -> !QUOTABLE.matcher(realm).matches())
                .ifPresent(realm -> report(
                        "challenge.realm",
                        "'challenge.realm' may hold only printable ASCII, no quotes or backslashes"));
    }

    private void checkTokens(TokensConfig tokens) {
        range("tokens.max-bytes", tokens.maxBytes(), 64, 65_536);
        between("tokens.cache.ttl", tokens.cache().ttl(), Duration.ZERO, Duration.ofHours(1));
        range("tokens.cache.max-entries", tokens.cache().maxEntries(), 1, 10_000_000);
        if (new HashSet<>(tokens.transports()).size() < tokens.transports().size()) {
            report("tokens.transports", "'tokens.transports' names a place twice; keep one of them");
        }
    }

    private void checkHttp(HttpConfig http) {
        range("http.max-response-bytes", http.maxResponseBytes(), 1_024, 16_777_216);
        positive("http.connect-timeout", http.connectTimeout());
        http.proxy()
                .flatMap(Addresses::proxyProblem)
                .ifPresent(problem -> report("http.proxy", "'http.proxy' " + problem));
        http.trustStore().ifPresent(file -> checkTrustStore(http, file.path()));
        if (http.trustStorePassword().isPresent() && http.trustStore().isEmpty()) {
            report("http.trust-store-password", "'http.trust-store-password' is of no use without 'http.trust-store'");
        }
    }

    private void checkCrypto(CryptoConfig crypto) {
        boolean named =
                crypto.provider() == CryptoConfig.Provider.ACCP || crypto.provider() == CryptoConfig.Provider.CONSCRYPT;
        if (named && crypto.find().isEmpty()) {
            report(
                    "crypto.provider",
                    "'crypto.provider' names a provider that is not on the class path or not for this machine; add it, or say"
                            + " 'auto'");
        }
    }

    private void checkTrustStore(HttpConfig http, Path file) {
        readable("http.trust-store", file);
        if (Files.isReadable(file)) {
            try {
                http.readTrustStore();
            } catch (IOException unusable) {
                report(
                        "http.trust-store",
                        "'http.trust-store' " + unusable.getMessage() + ": " + file.toAbsolutePath());
            }
        }
    }

    private void checkIssuers(ScopegateConfig config) {
        if (config.issuers().isEmpty()) {
            report("issuers", "no issuers: no token could be accepted; add 'issuers' with at least one issuer");
        }
        Set<String> identifiers = new HashSet<>();
        Set<String> names = new HashSet<>();
        List<String> aliases = config.issuerNames();
        int introspecting = 0;
        for (int i = 0; i < config.issuers().size(); i++) {
            IssuerConfig issuer = config.issuers().get(i);
            String path = "issuers[" + i + "]";
            checkIssuer(issuer, path, config);
            if (!identifiers.add(issuer.issuer())) {
                report(path + ".issuer", "the same issuer stands twice; keep one entry");
            }
            if (!names.add(aliases.get(i))) {
                report(path + ".name", "two issuers have the same name; give each its own 'name'");
            }
            if (issuer.introspection().isConfigured() && ++introspecting == 2) {
                report(
                        path + ".introspection",
                        "a second issuer with introspection: an opaque token does not say whose it is; keep one");
            }
        }
    }

    private void checkIssuer(IssuerConfig issuer, String path, ScopegateConfig config) {
        boolean loopback = config.http().allowInsecureLoopback();
        Addresses.issuerProblem(issuer.issuer(), loopback)
                .ifPresent(problem -> report(path + ".issuer", "'" + path + ".issuer' " + problem));
        if (issuer.audiences().isEmpty() && config.resource().isEmpty()) {
            report(
                    path,
                    "no audience: add 'resource', or 'audiences' to this issuer; a token for others must not pass");
        }
        issuer.name()
                .filter(name -> !name.matches("[A-Za-z0-9._-]{1,64}"))
                .ifPresent(name -> report(
                        path + ".name",
                        "'" + path + ".name' may hold up to 64 letters, digits, dots, dashes, underscores"));
        for (String algorithm : issuer.algorithms()) {
            if (!Algorithms.ASYMMETRIC.contains(algorithm)) {
                report(path + ".algorithms", Algorithms.problem(path, algorithm));
            }
        }
        between(path + ".clock-skew", issuer.clockSkew(), Duration.ZERO, Duration.ofMinutes(5));
        JwksConfig jwks = issuer.jwks();
        jwks.uri()
                .flatMap(uri -> Addresses.endpointProblem(uri, loopback))
                .ifPresent(problem -> report(path + ".jwks.uri", "'" + path + ".jwks.uri' " + problem));
        jwks.file().ifPresent(file -> readable(path + ".jwks.file", file.path()));
        if (jwks.uri().isPresent() && jwks.file().isPresent()) {
            report(path + ".jwks.file", "'uri' and 'file' exclude each other; keep one");
        }
        between(path + ".jwks.refresh-interval", jwks.refreshInterval(), Duration.ofSeconds(1), Duration.ofDays(1));
        between(path + ".jwks.max-staleness", jwks.maxStaleness(), jwks.refreshInterval(), Duration.ofDays(30));
        between(path + ".jwks.cooldown", jwks.cooldown(), Duration.ofSeconds(1), Duration.ofHours(1));
        if (issuer.introspection().isConfigured()) {
            checkIntrospection(issuer.introspection(), path + ".introspection", loopback);
        }
    }

    private void checkIntrospection(IntrospectionConfig how, String path, boolean loopback) {
        how.endpoint()
                .flatMap(uri -> Addresses.endpointProblem(uri, loopback))
                .ifPresent(problem -> report(path + ".endpoint", "'" + path + ".endpoint' " + problem));
        if (how.clientId().isBlank()) {
            report(path, "'" + path + ".client-id' is missing");
        }
        if (how.clientSecret().isPresent() == how.clientSecretFile().isPresent()) {
            report(path, "'" + path + "' needs either 'client-secret' or 'client-secret-file'");
        }
        how.clientSecretFile().ifPresent(file -> readable(path + ".client-secret-file", file.path()));
        how.clientSecretFile()
                .filter(file -> isEmpty(file.path()))
                .ifPresent(file -> report(
                        path + ".client-secret-file",
                        "'" + path + ".client-secret-file' names an empty file: "
                                + file.path().toAbsolutePath()));
        how.clientSecret()
                .filter(secret -> secret.reveal().isEmpty())
                .ifPresent(secret -> report(path + ".client-secret", "'" + path + ".client-secret' is empty"));
        between(path + ".timeout", how.timeout(), Duration.ofMillis(50), Duration.ofSeconds(30));
        range(path + ".max-concurrent", how.maxConcurrent(), 1, 10_000);
        between(path + ".cache.ttl", how.cache().ttl(), Duration.ZERO, Duration.ofHours(1));
        between(path + ".cache.negative-ttl", how.cache().negativeTtl(), Duration.ZERO, Duration.ofMinutes(5));
        range(path + ".cache.max-entries", how.cache().maxEntries(), 1, 10_000_000);
    }

    private void checkRoute(RouteConfig route, String path, List<String> issuerNames) {
        if (route.route().isBlank()) {
            report(path, "'" + path + ".route' is missing; write it as 'GET /contacts/**'");
        }
        checkScopes(route.scopes(), path + ".scopes");
        checkScopes(route.anyScope(), path + ".any-scope");
        checkScopes(route.acr(), path + ".acr");
        route.anyScope().stream()
                .filter(route.scopes()::contains)
                .findFirst()
                .ifPresent(scope -> report(
                        path + ".any-scope",
                        "'" + path + ".any-scope' asks for nothing, since 'scopes' requires one of them already"));
        for (String issuer : route.issuer()) {
            if (!issuerNames.contains(issuer)) {
                report(
                        path + ".issuer",
                        "'" + path + ".issuer' names no issuer of this configuration; their names are "
                                + String.join(", ", issuerNames));
            }
        }
        route.maxAge().ifPresent(age -> between(path + ".max-age", age, Duration.ZERO, Duration.ofDays(365)));
        if (route.access().isEmpty() && !route.asksOfToken()) {
            report(
                    path,
                    "'" + path
                            + "' requires nothing; name 'scopes', or say 'access: authenticated' or 'access: public'");
        }
        route.access()
                .filter(access -> access != Access.AUTHENTICATED && route.asksOfToken())
                .ifPresent(
                        access -> report(
                                path + ".access",
                                "'" + path
                                        + "' contradicts itself: only 'access: authenticated' can require something of a token"));
    }

    /** The published metadata is answered before any rule is asked. */
    private void checkReachable(RouteConfig route, String path, ScopegateConfig config) {
        boolean published = config.challenge().metadata() && config.resource().isPresent();
        if (published && METADATA_RULE.matcher(route.route().trim()).matches()) {
            report(
                    path,
                    "'" + path
                            + "' is never asked, since the protected resource metadata is published there; leave it out, or"
                            + " set 'challenge.metadata: false'");
        }
    }

    private void checkScopes(List<String> scopes, String path) {
        for (String scope : scopes) {
            if (!SCOPE_TOKEN.matcher(scope).matches()) {
                report(
                        path,
                        "'" + path + "' must hold single words of printable ASCII; write several as a list: [a, b]");
            }
        }
    }

    private static boolean isEmpty(Path file) {
        try {
            return Files.readString(file).isBlank();
        } catch (IOException unreadable) {
            // Reported as such.
            return false;
        }
    }

    private void readable(String path, Path file) {
        if (!Files.isReadable(file)) {
            report(path, "'" + path + "' names a file that cannot be read: " + file.toAbsolutePath());
        }
    }

    private void positive(String path, Duration value) {
        between(path, value, Duration.ofMillis(1), Duration.ofDays(365));
    }

    private void between(String path, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            report(path, "'" + path + "' must be between " + Durations.text(least) + " and " + Durations.text(most));
        }
    }

    private void range(String path, int value, int least, int most) {
        if (value < least || value > most) {
            report(path, "'" + path + "' must be between " + least + " and " + most);
        }
    }

    private void report(String path, String message) {
        problems.add(new ConfigProblem(path, message));
    }
}
