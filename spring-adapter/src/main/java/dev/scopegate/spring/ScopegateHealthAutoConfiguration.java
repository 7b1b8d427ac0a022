package dev.scopegate.spring;

import dev.scopegate.ResourceServer;
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
        return () -> {
            HealthDetails known = HealthDetails.of(server);
            return (known.up() ? Health.up() : Health.down())
                    .withDetails(known.details())
                    .build();
        };
    }
}
