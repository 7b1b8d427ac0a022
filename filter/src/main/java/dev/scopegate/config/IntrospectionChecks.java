package dev.scopegate.config;

import dev.scopegate.config.IntrospectionConfig.OnOutage;
import dev.scopegate.introspection.IntrospectionClientBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** What the part {@code introspection} of an issuer has to obey by itself; where its tokens go, {@link OpaqueTokenChecks} judges. */
final class IntrospectionChecks {

    /** The characters of a bearer token (RFC 6750 §2.1), but for the padding at its end. */
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._~+/-]{1,64}");

    private static final String BEGINNING_OF_JWTS = "ey";
    private static final int MAX_EXTRAS = 20;

    private final Findings findings;

    IntrospectionChecks(Findings findings) {
        this.findings = findings;
    }

    void check(IssuerConfig issuer, String path, HttpConfig http) {
        IntrospectionConfig how = issuer.introspection();
        how.endpoint()
                .flatMap(uri -> Addresses.endpointProblem(uri, http.allowInsecureLoopback()))
                .ifPresent(problem -> findings.report(path + ".endpoint", "'" + path + ".endpoint' " + problem));
        new CredentialsChecks(findings, how, path).check(http);
        how.tokenPrefix().ifPresent(prefix -> checkPrefix(prefix, path + ".token-prefix"));
        checkExtras(
                how.parameters(),
                path + ".parameters",
                (name, value) -> IntrospectionClientBuilder.takesParameter(name));
        checkExtras(how.headers(), path + ".headers", IntrospectionClientBuilder::takesHeader);
        if (how.signedAnswers() && issuer.sharedSecretFile().isPresent()) {
            // Whoever can verify by a shared secret can sign by it: such an answer would prove nothing.
            findings.report(
                    path + ".signed-answers",
                    "'" + path + ".signed-answers' needs published keys to verify with, and an issuer with"
                            + " 'shared-secret-file' has none; leave one of them out");
        }
        findings.between(path + ".timeout", how.timeout(), Duration.ofMillis(50), Duration.ofSeconds(30));
        findings.range(path + ".max-concurrent", how.maxConcurrent(), 1, 10_000);
        findings.between(path + ".cache.ttl", how.cache().ttl(), Duration.ZERO, Duration.ofHours(1));
        findings.between(path + ".cache.negative-ttl", how.cache().negativeTtl(), Duration.ZERO, Duration.ofMinutes(5));
        findings.range(path + ".cache.max-entries", how.cache().maxEntries(), 1, 10_000_000);
        checkOutage(how, path);
    }

    private void checkPrefix(String prefix, String key) {
        if (!PREFIX.matcher(prefix).matches()) {
            findings.report(
                    key,
                    "'" + key + "' must be 1 to 64 of the characters that tokens have: letters, digits, - . _ ~ + /");
        } else if (prefix.startsWith(BEGINNING_OF_JWTS) || BEGINNING_OF_JWTS.startsWith(prefix)) {
            // A JWT that is broken, or another server's, must not be sent anywhere to be tried.
            findings.report(key, "'" + key + "' is how JWTs begin, which nobody is asked about by their first letters");
        }
    }

    private void checkExtras(Map<String, String> extras, String key, BiPredicate<String, String> taken) {
        if (extras.size() > MAX_EXTRAS) {
            findings.report(key, "'" + key + "' has more than " + MAX_EXTRAS + " entries");
        }
        extras.forEach((name, value) -> {
            if (!taken.test(name, value)) {
                findings.report(
                        key,
                        "'" + key
                                + "' holds an entry that cannot be added: one that the introspection request has anyway,"
                                + " or whose name or value has characters that do not belong there");
            }
        });
    }

    private void checkOutage(IntrospectionConfig how, String path) {
        String key = path + ".last-known-for";
        how.lastKnownFor().ifPresent(time -> findings.between(key, time, Duration.ofSeconds(1), Duration.ofHours(1)));
        if (how.lastKnownFor().isPresent() && how.onOutage() != OnOutage.LAST_KNOWN) {
            findings.report(
                    key, "'" + key + "' is of no use without 'on-outage: last-known'; add that, or leave it out");
        }
    }
}
