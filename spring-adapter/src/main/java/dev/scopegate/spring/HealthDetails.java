package dev.scopegate.spring;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.ConfigStatus;
import dev.scopegate.model.IntrospectionState;
import dev.scopegate.model.KeySetStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the health of an application says of the filter, the same in all versions of Spring Boot. The mistakes of a configuration are
 * not in it: they are for the log, and health is often readable for more people.
 *
 * @param up false only while an issuer refuses our own credentials, which somebody has to correct
 * @param details since when the configuration in force is so, and since when what is written down could not replace it; how it stands
 *     with the keys of each issuer, and with asking it about tokens
 */
record HealthDetails(boolean up, Map<String, Object> details) {

    static HealthDetails of(ResourceServer server) {
        ConfigStatus status = server.configStatus();
        List<IntrospectionState> introspections = server.introspections();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("config-since", status.since());
        status.staleSince().ifPresent(since -> details.put("config-stale-since", since));
        server.keySets().forEach(keys -> details.put("keys-of-" + keys.issuerName(), words(keys)));
        introspections.forEach(state -> details.put("introspection-of-" + state.issuerName(), words(state)));
        return new HealthDetails(introspections.stream().noneMatch(IntrospectionState::clientRefused), details);
    }

    private static String words(IntrospectionState state) {
        String endpoint = state.endpoint().name().toLowerCase(Locale.ROOT)
                + state.restsFor()
                        .map(left -> ", for " + left.plusMillis(999).toSeconds() + " s")
                        .orElse("");
        return endpoint + (state.clientRefused() ? ", refuses our client" : "");
    }

    /** An issuer that is down does not take the API down: what was verified before, and what needs no token, is served. */
    private static String words(KeySetStatus keys) {
        String age = keys.age().map(old -> old.toSeconds() + " s old").orElse("none yet");
        return (keys.usable() ? "usable, " : "unusable, ") + age + (keys.failing() ? ", cannot be fetched" : "");
    }
}
