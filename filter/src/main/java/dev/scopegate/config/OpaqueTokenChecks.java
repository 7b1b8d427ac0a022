package dev.scopegate.config;

import dev.scopegate.model.Access;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * That it is known of each opaque token, before it comes, which issuer is asked about it: the one whose {@code token-prefix} it
 * begins with, else the only one without a prefix among those that the route takes. A token that is tried at several issuers is
 * told to those that it is none of theirs.
 */
final class OpaqueTokenChecks {

    private final Findings findings;
    private final ScopegateConfig config;
    private final List<String> names;

    OpaqueTokenChecks(Findings findings, ScopegateConfig config) {
        this.findings = findings;
        this.config = config;
        this.names = config.issuerNames();
    }

    void check() {
        checkPrefixes();
        checkRoutes();
        List<String> byDefault = asked(List.of());
        if (looksAtTokens(config.defaultAccess()) && byDefault.size() > 1) {
            findings.report(
                    "default-access",
                    "where no rule names the request, an opaque token could be of " + all(byDefault)
                            + ", and must not be shown to the wrong one; give all but one of them an"
                            + " 'introspection.token-prefix', or say 'default-access: deny'");
        }
    }

    private void checkPrefixes() {
        Map<String, String> owners = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Optional<String> prefix = config.issuers().get(i).introspection().tokenPrefix();
            String owner = prefix.isPresent() ? owners.putIfAbsent(prefix.get(), names.get(i)) : null;
            if (owner != null) {
                String key = "issuers[" + i + "].introspection.token-prefix";
                findings.report(
                        key,
                        "'" + key + "' is that of issuer " + owner + " too; a prefix has to tell whose a token is");
            }
        }
    }

    /** Routes between the same issuers are one mistake, named at the first of them. */
    private void checkRoutes() {
        Map<List<String>, List<Integer>> ambiguous = new LinkedHashMap<>();
        for (int i = 0; i < config.routes().size(); i++) {
            RouteConfig route = config.routes().get(i);
            List<String> asked = asked(route.issuer());
            if (looksAtTokens(route.access().orElse(Access.AUTHENTICATED)) && asked.size() > 1) {
                ambiguous.computeIfAbsent(asked, fresh -> new ArrayList<>()).add(i);
            }
        }
        ambiguous.forEach((asked, routes) -> findings.report(
                "routes[" + routes.get(0) + "]",
                "'routes[" + routes.get(0) + "]'"
                        + (routes.size() > 1 ? ", like " + (routes.size() - 1) + " more," : "")
                        + " takes opaque tokens that could be of " + all(asked)
                        + ", and must not be shown to the wrong one; give all but one of them an"
                        + " 'introspection.token-prefix', or name one of them in 'issuer' of the route"));
    }

    /** The names of the issuers that a token without a known prefix could be sent to. */
    private List<String> asked(List<String> taken) {
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            IntrospectionConfig how = config.issuers().get(i).introspection();
            if (how.isConfigured()
                    && how.tokenPrefix().isEmpty()
                    && (taken.isEmpty() || taken.contains(names.get(i)))) {
                asked.add(names.get(i));
            }
        }
        return asked;
    }

    private static boolean looksAtTokens(Access access) {
        return access == Access.AUTHENTICATED || access == Access.OPTIONAL;
    }

    private static String all(List<String> names) {
        return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.get(names.size() - 1);
    }
}
