package dev.scopegate.config;

import dev.scopegate.config.IssuerConfig.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is no mistake, but easily overlooked, the same for every way of writing a configuration. */
final class ConfigWarnings {

    /** Beyond this, a revoked token works for longer than anyone expects. */
    private static final Duration LONG_TTL = Duration.ofMinutes(5);

    private ConfigWarnings() {}

    /** The warnings about {@code config}, none of them about its routes. */
    static List<ConfigProblem> of(ScopegateConfig config) {
        List<ConfigProblem> warnings = new ArrayList<>();
        for (int i = 0; i < config.issuers().size(); i++) {
            IssuerConfig issuer = config.issuers().get(i);
            if (issuer.profile() == Profile.FAPI2) {
                warnings.add(warning(
                        "issuers[" + i + "].profile",
                        " is fapi2, with which no token passes yet: it takes sender-constrained tokens alone, and proofs of"
                                + " possession (DPoP, mutual TLS) are not verified so far"));
            }
            addAboutIntrospection(issuer.introspection(), "issuers[" + i + "].introspection", warnings);
        }
        return List.copyOf(warnings);
    }

    private static void addAboutIntrospection(IntrospectionConfig how, String path, List<ConfigProblem> warnings) {
        if (how.unencodedBasicCredentials()) {
            warnings.add(warning(
                    path + ".unencoded-basic-credentials",
                    " is for servers that do not decode credentials as RFC 6749 §2.3.1 says; with all others, leave it"
                            + " out"));
        }
        if (how.cache().ttl().compareTo(LONG_TTL) > 0) {
            warnings.add(warning(
                    path + ".cache.ttl",
                    " is " + Durations.text(how.cache().ttl()) + ", and a revoked token goes on working for as long;"
                            + " shorten it, or set 'max-staleness' on the routes where that matters"));
        }
    }

    private static ConfigProblem warning(String path, String sentence) {
        return new ConfigProblem(path, "'" + path + "'" + sentence);
    }
}
