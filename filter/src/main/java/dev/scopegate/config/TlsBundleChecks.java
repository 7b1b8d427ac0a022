package dev.scopegate.config;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** That each {@code ssl-bundle} of a configuration is there, and holds what it is named for. */
public final class TlsBundleChecks {

    private final Findings findings = new Findings();
    private final TlsBundles bundles;

    private TlsBundleChecks(TlsBundles bundles) {
        this.bundles = bundles;
    }

    /** The mistakes in what {@code config} names of {@code bundles}; empty if there are none. */
    public static List<ConfigProblem> problems(ScopegateConfig config, TlsBundles bundles) {
        TlsBundleChecks checks = new TlsBundleChecks(bundles);
        Optional<TlsBundle> ofAllCalls =
                config.http().sslBundle().flatMap(name -> checks.found("http.ssl-bundle", name, "http.trust-store"));
        for (int i = 0; i < config.issuers().size(); i++) {
            checks.check(config.issuers().get(i).introspection(), "issuers[" + i + "].introspection", ofAllCalls);
        }
        return checks.findings.all();
    }

    private void check(IntrospectionConfig how, String path, Optional<TlsBundle> ofAllCalls) {
        String key = path + ".ssl-bundle";
        how.sslBundle()
                .flatMap(name -> found(key, name, path + ".key-store"))
                .filter(bundle -> bundle.own().isEmpty())
                .ifPresent(bundle -> findings.report(
                        key, "'" + key + "' names a bundle without a private key, so there is no certificate to show"));
        boolean showsThatOfAllCalls = how.clientAuthentication()
                        .filter(IntrospectionConfig.ClientAuthentication::isByCertificate)
                        .isPresent()
                && !how.hasCertificate();
        if (showsThatOfAllCalls
                && ofAllCalls.filter(bundle -> bundle.own().isEmpty()).isPresent()) {
            findings.report(
                    path,
                    "'" + path
                            + "' needs a certificate to show, and the bundle of 'http.ssl-bundle' holds no private key");
        }
    }

    private Optional<TlsBundle> found(String key, String name, String elsewhere) {
        try {
            Optional<TlsBundle> bundle = bundles.find(name);
            if (bundle.isEmpty()) {
                findings.report(
                        key,
                        bundles == TlsBundles.NONE
                                ? "'" + key + "' is for applications of Spring Boot; use '" + elsewhere + "'"
                                : "'" + key + "' names a bundle that does not exist: " + name);
            }
            return bundle;
        } catch (IOException unusable) {
            findings.report(key, "'" + key + "' names a bundle that " + unusable.getMessage() + ": " + name);
            return Optional.empty();
        }
    }
}
