package dev.scopegate.config;

import dev.scopegate.config.IssuerConfig.Profile;
import java.util.ArrayList;
import java.util.List;

/** What is no mistake, but easily overlooked, the same for every way of writing a configuration. */
final class ConfigWarnings {

    private ConfigWarnings() {}

    /** The warnings about {@code config}, none of them about its routes. */
    static List<ConfigProblem> of(ScopegateConfig config) {
        List<ConfigProblem> warnings = new ArrayList<>();
        for (int i = 0; i < config.issuers().size(); i++) {
            if (config.issuers().get(i).profile() == Profile.FAPI2) {
                String path = "issuers[" + i + "].profile";
                warnings.add(new ConfigProblem(
                        path,
                        "'" + path + "' is fapi2, with which no token passes yet: it takes sender-constrained tokens"
                                + " alone, and proofs of possession (DPoP, mutual TLS) are not verified so far"));
            }
        }
        return List.copyOf(warnings);
    }
}
