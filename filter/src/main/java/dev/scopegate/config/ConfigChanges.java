package dev.scopegate.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What differs between two configurations, in words for a log. Names issuers and keys; says no value, so no secret. */
public final class ConfigChanges {

    private ConfigChanges() {}

    /** One sentence for each difference; empty if there is none. */
    public static List<String> between(ScopegateConfig old, ScopegateConfig now) {
        List<String> changes = new ArrayList<>();
        compare(byName(old), byName(now), "issuer ", changes);
        compare(byRoute(old), byRoute(now), "route ", changes);
        changed("resource", ScopegateConfig::resource, old, now, changes);
        changed("mode", ScopegateConfig::mode, old, now, changes);
        changed("tokens", ScopegateConfig::tokens, old, now, changes);
        changed("default-access", ScopegateConfig::defaultAccess, old, now, changes);
        changed("challenge", ScopegateConfig::challenge, old, now, changes);
        changed("external-url", ScopegateConfig::externalUrl, old, now, changes);
        changed("trusted-proxies", ScopegateConfig::trustedProxies, old, now, changes);
        changed("cors-preflight", ScopegateConfig::corsPreflight, old, now, changes);
        changed("http", ScopegateConfig::http, old, now, changes);
        changed("crypto", ScopegateConfig::crypto, old, now, changes);
        changed("audit", ScopegateConfig::audit, old, now, changes);
        return changes;
    }

    private static void changed(
            String key,
            Function<ScopegateConfig, Object> value,
            ScopegateConfig old,
            ScopegateConfig now,
            List<String> changes) {
        if (!Objects.equals(value.apply(old), value.apply(now))) {
            changes.add(key + " changed");
        }
    }

    private static <T> void compare(Map<String, T> old, Map<String, T> now, String kind, List<String> changes) {
        old.forEach((name, value) -> {
            if (!now.containsKey(name)) {
                changes.add(kind + name + " removed");
            } else if (!value.equals(now.get(name))) {
                changes.add(kind + name + " changed");
            }
        });
        now.keySet().stream()
                .filter(name -> !old.containsKey(name))
                .forEach(name -> changes.add(kind + name + " added"));
    }

    private static Map<String, IssuerConfig> byName(ScopegateConfig config) {
        Map<String, IssuerConfig> issuers = new LinkedHashMap<>();
        List<String> names = config.issuerNames();
        for (int i = 0; i < names.size(); i++) {
            issuers.put(names.get(i), config.issuers().get(i));
        }
        return issuers;
    }

    private static Map<String, RouteConfig> byRoute(ScopegateConfig config) {
        return config.routes().stream()
                .collect(Collectors.toMap(RouteConfig::route, Function.identity(), (a, b) -> b, LinkedHashMap::new));
    }
}
