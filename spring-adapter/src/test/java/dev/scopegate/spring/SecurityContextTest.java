package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.scopegate.model.ValidatedToken;
import dev.scopegate.test.TestIssuer;
import jakarta.servlet.Filter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Scopegate and Spring Security in one application: whom the one let in, the other knows. */
class SecurityContextTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ScopegateAutoConfiguration.class,
                    ScopegateSecurityAutoConfiguration.class,
                    ScopegateWebMvcAutoConfiguration.class,
                    WebMvcAutoConfiguration.class,
                    DispatcherServletAutoConfiguration.class))
            .withPropertyValues(
                    "scopegate.resource=https://api.example.com/contacts",
                    "scopegate.issuers[0].issuer=" + ISSUER.issuer(),
                    "scopegate.http.allow-insecure-loopback=true",
                    "scopegate.routes[0].route=GET /open",
                    "scopegate.routes[0].access=public",
                    "scopegate.default-access=authenticated");

    private static MockMvc mvc(AssertableWebApplicationContext context) {
        DefaultMockMvcBuilder builder = MockMvcBuilders.webAppContextSetup(context.getSourceApplicationContext())
                .addFilters(
                        filter(context, "scopegateFilterRegistration"),
                        filter(context, "scopegateSecurityContextFilterRegistration"));
        if (context.containsBean("springSecurityFilterChain")) {
            builder.addFilters(context.getBean("springSecurityFilterChain", Filter.class));
        }
        return builder.build();
    }

    private static Filter filter(AssertableWebApplicationContext context, String name) {
        return context.getBean(name, FilterRegistrationBean.class).getFilter();
    }

    private static String bearer(String scopes) {
        return "Bearer " + ISSUER.token().scope(scopes).sign();
    }

    @ParameterizedTest
    @CsvSource({"read:contacts, 200", "openid, 403"})
    void preAuthorize_scopeAsAuthority_decides(String scopes, int status) {
        runner.withUserConfiguration(Methods.class, Chain.class)
                .run(context -> mvc(context)
                        .perform(get("/guarded").header("Authorization", bearer(scopes)))
                        .andExpect(status().is(status)));
    }

    @ParameterizedTest
    @CsvSource({"read:contacts, 200", "openid, 403"})
    void filterChain_ofSpringSecurity_knowsTheCaller(String scopes, int status) {
        runner.withUserConfiguration(Methods.class, Chain.class)
                .run(context -> mvc(context)
                        .perform(get("/by-chain").header("Authorization", bearer(scopes)))
                        .andExpect(status().is(status)));
    }

    @Test
    void arguments_ofBothKinds_areTheToken() {
        runner.withUserConfiguration(Methods.class, Chain.class)
                .run(context -> mvc(context)
                        .perform(get("/who").header("Authorization", bearer("read:contacts")))
                        .andExpect(content().string("alice alice true [SCOPE_read:contacts]")));
    }

    @Test
    void methodSecurity_withoutAnyFilterOfSpringSecurity_knowsTheCallerAndTheThreadForgetsHim() {
        runner.withUserConfiguration(Methods.class).run(context -> {
            mvc(context)
                    .perform(get("/guarded").header("Authorization", bearer("read:contacts")))
                    .andExpect(status().isOk());

            assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
        });
    }

    @Test
    void open_noToken_nobodyIsKnown() {
        runner.withUserConfiguration(Methods.class)
                .run(context ->
                        mvc(context).perform(get("/open")).andExpect(content().string("nobody")));
    }

    @Test
    void prefix_configured_usedForAuthorities() {
        runner.withUserConfiguration(Methods.class, Chain.class)
                .withPropertyValues("scopegate.security.authority-prefix=")
                .run(context -> mvc(context)
                        .perform(get("/guarded").header("Authorization", bearer("SCOPE_read:contacts")))
                        .andExpect(status().isOk()));
    }

    @Test
    void context_switchedOffOrWithoutSpringSecurity_noFilter() {
        runner.withUserConfiguration(Methods.class)
                .withPropertyValues("scopegate.security.context=false")
                .run(context -> assertThat(context).doesNotHaveBean("scopegateSecurityContextFilterRegistration"));
        runner.withClassLoader(new FilteredClassLoader("org.springframework.security"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean("scopegateSecurityContextFilterRegistration"));
    }

    /** Handlers that ask Spring Security. */
    @Configuration(proxyBeanMethods = false)
    @EnableMethodSecurity
    static class Methods {

        @Bean
        Guarded guarded() {
            return new Guarded();
        }
    }

    /** Its filters. */
    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    static class Chain {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/by-chain")
                            .hasAuthority("SCOPE_read:contacts")
                            .anyRequest()
                            .permitAll())
                    .build();
        }
    }

    @RestController
    static class Guarded {

        @GetMapping("/guarded")
        @PreAuthorize("hasAuthority('SCOPE_read:contacts')")
        public String guarded() {
            return "guarded";
        }

        @GetMapping("/by-chain")
        public String byChain() {
            return "by chain";
        }

        @GetMapping("/who")
        public String who(@AuthenticationPrincipal ValidatedToken principal, ValidatedToken caller) {
            return principal.getName()
                    + ' '
                    + caller.getName()
                    + ' '
                    + principal.equals(caller)
                    + ' '
                    + SecurityContextHolder.getContext().getAuthentication().getAuthorities();
        }

        @GetMapping("/open")
        public String open() {
            return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                            .isPresent()
                    ? "somebody"
                    : "nobody";
        }
    }
}
