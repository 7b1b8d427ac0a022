package dev.scopegate.spring;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.ConfigStatus;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.model.CacheStatus;
import dev.scopegate.model.IntrospectionState;
import dev.scopegate.model.KeySetStatus;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.route.RouteTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * The actuator endpoint {@code scopegate}: what is in force, and how it stands with the issuers. Says nothing that is secret, but
 * which scopes open which doors; so it is for those who run the application.
 */
@Endpoint(id = "scopegate")
final class ScopegateEndpoint {

    private final ResourceServer server;

    ScopegateEndpoint(ResourceServer server) {
        this.server = server;
    }

    /** Configuration, rules and issuers as JSON values. */
    @ReadOperation
    public Map<String, Object> state() {
        ScopegateConfig config = server.config();
        Map<String, Object> state = new LinkedHashMap<>();
        config.resource().ifPresent(resource -> state.put("resource", resource));
        state.put("config", config(server.configStatus()));
        state.put("rules", rules(config));
        state.put("defaultAccess", word(config.defaultAccess()));
        state.put("issuers", issuers(config));
        state.put("caches", caches(server.caches()));
        return state;
    }

    private static Map<String, Object> config(ConfigStatus status) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("since", status.since().toString());
        status.staleSince().ifPresent(since -> {
            config.put("staleSince", since.toString());
            config.put("mistakes", status.problems().lines().toList());
        });
        return config;
    }

    private static List<Map<String, Object>> rules(ScopegateConfig config) {
        List<Map<String, Object>> rules = new ArrayList<>();
        config.routes().forEach(route -> {
            RouteRequirement requirement = RouteTable.requirement(route, config.mode());
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("rule", requirement.route());
            rule.put("requires", requirement.summary());
            rule.put("mode", word(requirement.mode()));
            rules.add(rule);
        });
        return rules;
    }

    private List<Map<String, Object>> issuers(ScopegateConfig config) {
        List<Map<String, Object>> issuers = new ArrayList<>();
        List<String> names = config.issuerNames();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            IssuerConfig configured = config.issuers().get(i);
            Map<String, Object> issuer = new LinkedHashMap<>();
            issuer.put("name", name);
            issuer.put("issuer", configured.issuer());
            issuer.put("profile", word(configured.profile()));
            issuer.put("algorithms", configured.algorithms());
            issuer.put(
                    "introspection",
                    configured.introspection().isConfigured()
                            ? word(configured.introspection().tokens())
                            : "none");
            server.keySets().stream()
                    .filter(keys -> keys.issuerName().equals(name))
                    .forEach(keys -> issuer.put("keys", keys(keys)));
            server.introspections().stream()
                    .filter(asked -> asked.issuerName().equals(name))
                    .forEach(asked -> issuer.put("introspectionEndpoint", asked(asked)));
            issuers.add(issuer);
        }
        return issuers;
    }

    private static Map<String, Object> keys(KeySetStatus status) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("usable", status.usable());
        keys.put("failing", status.failing());
        keys.put("maxStalenessSeconds", status.maxStaleness().toSeconds());
        status.age().ifPresent(age -> keys.put("ageSeconds", age.toSeconds()));
        keys.put("keyIds", status.keyIds());
        return keys;
    }

    private static Map<String, Object> asked(IntrospectionState state) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("state", word(state.endpoint()));
        asked.put("clientRefused", state.clientRefused());
        asked.put("callsUnderWay", state.underWay());
        state.restsFor().ifPresent(rest -> asked.put("restsForSeconds", rest.toSeconds()));
        return asked;
    }

    private static List<Map<String, Object>> caches(List<CacheStatus> statuses) {
        List<Map<String, Object>> caches = new ArrayList<>();
        for (CacheStatus status : statuses) {
            Map<String, Object> cache = new LinkedHashMap<>();
            cache.put("cache", status.cache());
            cache.put("entries", status.entries());
            cache.put("hits", status.hits());
            cache.put("misses", status.misses());
            cache.put("evictions", status.evictions());
            caches.add(cache);
        }
        return caches;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
