package dev.scopegate.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a configuration has to obey beyond its form, the same for every way of writing one. All mistakes are reported at
 * once.
 *
 * <p>Does not check the text of routes: the route table does. Looks whether files are there, and calls no one.
 */
public final class ConfigChecks {

    private static final Pattern QUOTABLE = Pattern.compile("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    /** Letters of any language, but nothing that moves the text around. */
    private static final Pattern NAME = Pattern.compile("(?U)(?=.*\\S)[^\\p{Cc}\\p{Cs}\\u2028\\u2029]{1,200}");

    private final Findings findings = new Findings();

    private ConfigChecks() {}

    /** The mistakes in {@code config}; empty if it is sound. */
    public static List<ConfigProblem> problems(ScopegateConfig config) {
        ConfigChecks checks = new ConfigChecks();
        checks.checkTop(config);
        new IssuerChecks(checks.findings).check(config);
        new RouteChecks(checks.findings).check(config);
        return checks.findings.all();
    }

    private void checkTop(ScopegateConfig config) {
        config.resource()
                .flatMap(resource -> Addresses.resourceProblem(resource))
                .ifPresent(problem -> findings.report("resource", "'resource' " + problem));
        if (config.routes().isEmpty() && config.routesFrom().isEmpty()) {
            findings.report("routes", "no routes: every request would be denied; add 'routes' with at least one rule");
        }
        config.externalUrl()
                .flatMap(Addresses::externalProblem)
                .ifPresent(problem -> findings.report("external-url", "'external-url' " + problem));
        config.routesFrom().ifPresent(file -> findings.readable("routes-from", file.path()));
        findings.between("reload-interval", config.reloadInterval(), Duration.ZERO, Duration.ofDays(1));
        checkTokens(config.tokens());
        checkHttp(config.http());
        checkCrypto(config.crypto());
        config.audit().check(findings);
        config.challenge()
                .resourceName()
                .filter(name -> !NAME.matcher(name).matches())
                .ifPresent(name -> findings.report(
                        "challenge.resource-name",
                        "'challenge.resource-name' must be a text of one line, up to 200 characters"));
        config.challenge()
                .realm()
                .filter(realm -> !QUOTABLE.matcher(realm).matches())
                .ifPresent(realm -> findings.report(
                        "challenge.realm",
                        "'challenge.realm' may hold only printable ASCII, no quotes or backslashes"));
    }

    private void checkTokens(TokensConfig tokens) {
        findings.range("tokens.max-bytes", tokens.maxBytes(), 64, 65_536);
        findings.between("tokens.cache.ttl", tokens.cache().ttl(), Duration.ZERO, Duration.ofHours(1));
        findings.range("tokens.cache.max-entries", tokens.cache().maxEntries(), 1, 10_000_000);
        if (new HashSet<>(tokens.transports()).size() < tokens.transports().size()) {
            findings.report("tokens.transports", "'tokens.transports' names a place twice; keep one of them");
        }
    }

    private void checkHttp(HttpConfig http) {
        findings.range("http.max-response-bytes", http.maxResponseBytes(), 1_024, 16_777_216);
        findings.between("http.connect-timeout", http.connectTimeout(), Duration.ofMillis(1), Duration.ofDays(365));
        http.proxy()
                .flatMap(Addresses::proxyProblem)
                .ifPresent(problem -> findings.report("http.proxy", "'http.proxy' " + problem));
        http.trustStore().ifPresent(file -> checkTrustStore(http, file.path()));
        if (http.trustStore().isPresent() && http.sslBundle().isPresent()) {
            findings.report(
                    "http.ssl-bundle",
                    "'http.ssl-bundle' says whom to trust, and so does 'http.trust-store'; keep one of the two");
        }
        if (http.trustStorePassword().isPresent() && http.trustStore().isEmpty()) {
            findings.report(
                    "http.trust-store-password", "'http.trust-store-password' is of no use without 'http.trust-store'");
        }
    }

    private void checkCrypto(CryptoConfig crypto) {
        boolean named =
                crypto.provider() == CryptoConfig.Provider.ACCP || crypto.provider() == CryptoConfig.Provider.CONSCRYPT;
        if (named && crypto.find().isEmpty()) {
            findings.report(
                    "crypto.provider",
                    "'crypto.provider' names a provider that is not on the class path or not for this machine; add it, or say"
                            + " 'auto'");
        }
    }

    private void checkTrustStore(HttpConfig http, Path file) {
        findings.readable("http.trust-store", file);
        if (Files.isReadable(file)) {
            try {
                http.readTrustStore();
            } catch (IOException unusable) {
                findings.report(
                        "http.trust-store",
                        "'http.trust-store' " + unusable.getMessage() + ": " + file.toAbsolutePath());
            }
        }
    }
}
