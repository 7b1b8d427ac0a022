package dev.scopegate.spring;

import dev.scopegate.ResourceServer;
import dev.scopegate.servlet.CallerCheck;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * For applications of Spring MVC: {@link RequireScopes} on handlers, the caller as an argument of handlers, and a look at start
 * whether there is a handler that nothing protects.
 */
@AutoConfiguration(after = ScopegateAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(WebMvcConfigurer.class)
@ConditionalOnBean(ResourceServer.class)
public final class ScopegateWebMvcAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(ScopegateWebMvcAutoConfiguration.class);

    /** Made by Spring Boot. */
    public ScopegateWebMvcAutoConfiguration() {}

    @Bean
    HandlerRequirements scopegateHandlerRequirements(ResourceServer server) {
        return new HandlerRequirements(() -> server.config().mode());
    }

    @Bean
    WebMvcConfigurer scopegateWebMvcConfigurer(HandlerRequirements requirements, ResourceServer server) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new RequireScopesInterceptor(requirements, new CallerCheck(server)));
            }
        };
    }

    /** First of all resolvers: that of Spring takes the caller for any principal, and with Spring Security finds another one. */
    @Bean
    SmartInitializingSingleton scopegateCallerArgument(ObjectProvider<RequestMappingHandlerAdapter> adapters) {
        return () -> adapters.forEach(adapter -> {
            List<HandlerMethodArgumentResolver> resolvers = new ArrayList<>();
            resolvers.add(new CallerArgument());
            List<HandlerMethodArgumentResolver> others = adapter.getArgumentResolvers();
            if (others != null) {
                resolvers.addAll(others);
            }
            adapter.setArgumentResolvers(resolvers);
        });
    }

    @Bean
    SmartInitializingSingleton scopegateCoverage(
            ScopegateProperties properties,
            ResourceServer server,
            HandlerRequirements requirements,
            ObjectProvider<RequestMappingHandlerMapping> mappings,
            Environment environment) {
        HandlerCoverage coverage = new HandlerCoverage(new MappedRules(server, environment), requirements);
        return () -> {
            List<HandlerCoverage.Finding> findings = new ArrayList<>();
            mappings.forEach(each -> findings.addAll(coverage.of(each)));
            report(properties.coverage(), findings);
        };
    }

    private static void report(Coverage coverage, List<HandlerCoverage.Finding> findings) {
        if (coverage == Coverage.OFF) {
            return;
        }
        findings.stream()
                .filter(finding -> finding.protection() == HandlerCoverage.Protection.UNREACHABLE)
                .forEach(finding -> LOG.warn("{}", finding));
        if (findings.stream().noneMatch(finding -> finding.protection() == HandlerCoverage.Protection.GAP)) {
            return;
        }
        if (coverage == Coverage.FAIL) {
            throw new UnprotectedHandlersException(findings);
        }
        LOG.warn("{}", UnprotectedHandlersException.text(findings));
    }
}
