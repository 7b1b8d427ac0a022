package dev.scopegate.spring;

import dev.scopegate.ResourceServer;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/**
 * For applications with Spring Security: its context holds the caller, so that {@code @PreAuthorize}, {@code
 * @AuthenticationPrincipal ValidatedToken} and rules of its own filters work. Nothing of it is needed otherwise.
 */
@AutoConfiguration(after = ScopegateAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({SecurityContextHolder.class, RequestAttributeSecurityContextRepository.class})
@ConditionalOnBean(ResourceServer.class)
public final class ScopegateSecurityAutoConfiguration {

    /** Made by Spring Boot. */
    public ScopegateSecurityAutoConfiguration() {}

    @Bean
    @ConditionalOnProperty(name = "scopegate.security.context", matchIfMissing = true)
    FilterRegistrationBean<SecurityContextFilter> scopegateSecurityContextFilterRegistration(
            ScopegateProperties properties) {
        FilterRegistrationBean<SecurityContextFilter> registration = new FilterRegistrationBean<>(
                new SecurityContextFilter(properties.security().authorityPrefix()));
        registration.setName("scopegate-security-context");
        registration.setOrder(ScopegateAutoConfiguration.FILTER_ORDER + 1);
        registration.setAsyncSupported(true);
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        registration.addUrlPatterns("/*");
        return registration;
    }
}
