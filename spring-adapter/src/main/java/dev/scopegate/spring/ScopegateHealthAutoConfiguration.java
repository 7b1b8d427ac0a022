package dev.scopegate.spring;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.ConfigStatus;
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
 * written down could not replace it. That leaves the health up: the API is protected, by the last good configuration.
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
        return () -> health(server.configStatus());
    }

    /** The mistakes themselves are for the log: health is often readable for more people. */
    private static Health health(ConfigStatus status) {
        Health.Builder health = Health.up().withDetail("config-since", status.since());
        status.staleSince().ifPresent(since -> health.withDetail("config-stale-since", since));
        return health.build();
    }
}
