package dev.scopegate.sample.authorization;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/**
 * Lets scripts of the playground's page, and of no other origin, call the endpoints that a client in a browser needs. Without
 * credentials: no cookie of a user goes along. The authorization endpoint is not among them, since nobody calls it by script.
 */
@Configuration(proxyBeanMethods = false)
class CrossOrigin {

    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    /** First of all: a preflight carries nothing that Spring Security could know anybody by. */
    @Bean
    FilterRegistrationBean<CorsFilter> crossOriginFilter(
            AuthorizationServerSetup setup, AuthorizationServerSettings paths) {
        UrlBasedCorsConfigurationSource allowed = new UrlBasedCorsConfigurationSource();
        CorsConfiguration page = page(setup);
        Stream.of(
                        paths.getTokenEndpoint(),
                        paths.getTokenRevocationEndpoint(),
                        paths.getDeviceAuthorizationEndpoint(),
                        paths.getJwkSetEndpoint(),
                        "/.well-known/oauth-authorization-server",
                        "/.well-known/openid-configuration")
                .forEach(path -> allowed.registerCorsConfiguration(path, page));
        FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(new CorsFilter(allowed));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    private static CorsConfiguration page(AuthorizationServerSetup setup) {
        CorsConfiguration page = new CorsConfiguration();
        page.setAllowedOrigins(List.of(setup.api().toString()));
        page.setAllowedMethods(List.of(HttpMethod.GET.name(), HttpMethod.POST.name()));
        page.setAllowedHeaders(List.of(HttpHeaders.CONTENT_TYPE));
        page.setAllowCredentials(false);
        page.setMaxAge(REMEMBERED);
        return page;
    }
}
