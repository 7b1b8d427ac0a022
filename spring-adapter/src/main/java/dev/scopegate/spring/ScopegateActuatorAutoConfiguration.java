package dev.scopegate.spring;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.ScopegateConfig;
import java.util.Map;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * For applications with Spring Boot's actuator: the endpoint {@code scopegate}, where it is exposed, and the same in two numbers
 * beside what {@code info} says.
 */
@AutoConfiguration(after = ScopegateAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(ResourceServer.class)
public final class ScopegateActuatorAutoConfiguration {

    /** Made by Spring Boot. */
    public ScopegateActuatorAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(endpoint = ScopegateEndpoint.class)
    ScopegateEndpoint scopegateEndpoint(ResourceServer server) {
        return new ScopegateEndpoint(server);
    }

    @Bean
    @ConditionalOnMissingBean(name = "scopegateInfoContributor")
    @ConditionalOnEnabledInfoContributor("scopegate")
    InfoContributor scopegateInfoContributor(ResourceServer server) {
        return info -> {
            ScopegateConfig config = server.config();
            info.withDetail(
                    "scopegate",
                    Map.of(
                            "rules",
                            config.routes().size(),
                            "issuers",
                            config.issuers().size()));
        };
    }
}
