package dev.scopegate.bench.peer;

import jakarta.servlet.Filter;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.GenericWebApplicationContext;

/** Spring Security's resource server, set up by its own configuration classes. */
final class SpringChain {

    private SpringChain() {}

    static FilterChains.Started start(JwtDecoder decoder) {
        GenericWebApplicationContext context = new GenericWebApplicationContext(new MockServletContext());
        new AnnotatedBeanDefinitionReader(context).register(Setup.class);
        context.registerBean(JwtDecoder.class, () -> decoder);
        context.refresh();
        return new FilterChains.Started(context.getBean("springSecurityFilterChain", Filter.class), context);
    }

    /** What a user writes. */
    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    static class Setup {

        @Bean
        SecurityFilterChain api(HttpSecurity http) {
            return http.csrf(AbstractHttpConfigurer::disable)
                    .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, "/contacts/**")
                            .hasAuthority("SCOPE_" + SampleTokens.SCOPE)
                            .anyRequest()
                            .denyAll())
                    .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
                    .build();
        }
    }
}
