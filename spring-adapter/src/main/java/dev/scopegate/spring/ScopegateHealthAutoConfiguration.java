package dev.scopegate.spring;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.ConfigStatus;
import dev.scopegate.model.IntrospectionState;
import dev.scopegate.model.KeySetStatus;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Shows in the application's health, as {@code scopegate}, since when the configuration in force is so, and since when what is
 * written down could not replace it, and how it stands with the keys of each issuer and with asking it about tokens. That leaves
 * the health up: the API is protected, by the last good configuration and the last good keys, and an endpoint that rests comes back
 * by itself. Down it is while an issuer refuses our own credentials, which somebody has to correct.
 */
@AutoConfiguration(after = ScopegateAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("scopegate")
@ConditionalOnBean(ResourceServer.class)
public final class ScopegateHealthAutoConfiguration {

    /** Made by Spring Boot. */
    public ScopegateHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "scopegateHealthIndicator")
    HealthIndicator scopegateHealthIndicator(ResourceServer server) {
        return () -> health(server.configStatus(), server.keySets(), server.introspections());
    }

    /** The mistakes themselves are for the log: health is often readable for more people. */
    private static Health health(
            ConfigStatus status, List<KeySetStatus> keySets, List<IntrospectionState> introspections) {
        Health.Builder health = Health.up().withDetail("config-since", status.since());
        status.staleSince().ifPresent(since -> health.withDetail("config-stale-since", since));
        keySets.forEach(keys -> health.withDetail("keys-of-" + keys.issuerName(), words(keys)));
        introspections.forEach(state -> health.withDetail("introspection-of-" + state.issuerName(), words(state)));
        if (introspections.stream().anyMatch(IntrospectionState::clientRefused)) {
            health.down();
        }
        return health.build();
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
