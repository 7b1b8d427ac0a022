package dev.scopegate.spring;

import dev.scopegate.ResourceServer;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** For applications with springdoc: their OpenAPI document says which scopes each operation needs. */
@AutoConfiguration(after = ScopegateWebMvcAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({GlobalOpenApiCustomizer.class, GlobalOperationCustomizer.class})
@ConditionalOnBean({ResourceServer.class, HandlerRequirements.class})
public final class ScopegateSpringdocAutoConfiguration {

    /** Made by Spring Boot. */
    public ScopegateSpringdocAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    DocumentedSecurity scopegateDocumentedSecurity(
            ResourceServer server, HandlerRequirements requirements, Environment environment) {
        return new DocumentedSecurity(new MappedRules(server, environment), requirements);
    }
}
