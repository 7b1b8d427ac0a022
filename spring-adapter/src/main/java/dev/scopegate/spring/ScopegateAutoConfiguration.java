package dev.scopegate.spring;

import dev.scopegate.ResourceServer;
import dev.scopegate.ResourceServerBuilder;
import dev.scopegate.model.DecisionListener;
import dev.scopegate.model.ProblemRenderer;
import dev.scopegate.servlet.ScopegateFilter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * Puts the filter in front of a servlet application, for all requests and all dispatches.
 *
 * <p>An application that is not configured does not start: a starter that is there and protects nothing would be worse than
 * none. An application's own {@link ResourceServer} replaces the one that properties describe; its {@link ProblemRenderer},
 * if it has one, writes the bodies of refusals, and each {@link DecisionListener} is told of each decision.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(Filter.class)
@EnableConfigurationProperties(ScopegateProperties.class)
public final class ScopegateAutoConfiguration {

    /** After the filters that restore what a proxy forwarded (Boot orders them first), before Spring Security's (-100). */
    static final int FILTER_ORDER = -110;

    /** Made by Spring Boot. */
    public ScopegateAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    ResourceServer scopegateResourceServer(
            ScopegateProperties properties,
            Environment environment,
            ResourceLoader resources,
            ObjectProvider<SslBundles> sslBundles,
            ObjectProvider<MeterRegistry> meters,
            ObjectProvider<ObservationRegistry> observations,
            ObjectProvider<ProblemRenderer> bodies,
            ObjectProvider<DecisionListener> listeners) {
        ResourceServerBuilder builder = ResourceServer.builder(ConfiguredSource.of(properties, environment, resources));
        Optional<SslBundlesByName> bundles =
                Optional.ofNullable(sslBundles.getIfAvailable()).map(SslBundlesByName::new);
        bundles.ifPresent(builder::tlsBundles);
        meters.ifAvailable(builder::meterRegistry);
        observations.ifAvailable(builder::observationRegistry);
        bodies.ifAvailable(builder::problemRenderer);
        listeners.orderedStream().forEach(builder::decisionListener);
        ResourceServer server = builder.build();
        bundles.ifPresent(named -> named.onRenewal(server::reload));
        return server;
    }

    @Bean
    @ConditionalOnMissingBean
    FilterRegistrationBean<ScopegateFilter> scopegateFilterRegistration(ResourceServer server) {
        FilterRegistrationBean<ScopegateFilter> registration =
                new FilterRegistrationBean<>(new ScopegateFilter(server));
        registration.setName("scopegate");
        registration.setOrder(FILTER_ORDER);
        registration.setAsyncSupported(true);
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        registration.addUrlPatterns("/*");
        return registration;
    }
}
