package dev.scopegate.sample.authorization;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/** Who may reach which page and endpoint of the authorization server. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String LOGIN = "/login";
    private static final String CONSENT = "/consent";
    private static final int SALT_BYTES = 16;
    private static final int ROUNDS = 1_000;

    /** The endpoints of the protocol. */
    @Bean
    @Order(1)
    SecurityFilterChain protocolFilters(
            HttpSecurity http, RegisteredClientRepository clients, AuthorizationServerSettings settings) {
        return http.oauth2AuthorizationServer(server -> {
                    http.securityMatcher(server.getEndpointsMatcher());
                    protocol(server, clients, settings);
                })
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .exceptionHandling(handling -> handling.defaultAuthenticationEntryPointFor(
                        new LoginUrlAuthenticationEntryPoint(LOGIN),
                        new OrRequestMatcher(
                                PathPatternRequestMatcher.pathPattern(settings.getAuthorizationEndpoint()),
                                PathPatternRequestMatcher.pathPattern(settings.getDeviceVerificationEndpoint()))))
                .build();
    }

    private static void protocol(
            OAuth2AuthorizationServerConfigurer server,
            RegisteredClientRepository clients,
            AuthorizationServerSettings settings) {
        server.authorizationServerMetadataEndpoint(endpoint ->
                        endpoint.authorizationServerMetadataCustomizer(metadata -> metadata.claims(Metadata::describe)))
                .oidc(oidc -> oidc.providerConfigurationEndpoint(endpoint ->
                        endpoint.providerConfigurationCustomizer(metadata -> metadata.claims(Metadata::describe))))
                .authorizationEndpoint(
                        endpoint -> endpoint.consentPage(CONSENT).authorizationRequestConverter(new GrantableScopes()))
                .deviceAuthorizationEndpoint(endpoint -> endpoint.verificationUri("/activate"))
                .deviceVerificationEndpoint(endpoint ->
                        endpoint.consentPage(CONSENT).deviceVerificationRequestConverter(new GrantableDeviceScopes()))
                .clientAuthentication(authentication -> authentication
                        .authenticationConverter(new PublicClientAuthentication.Converter(settings))
                        .authenticationProvider(new PublicClientAuthentication.Provider(clients)));
    }

    /** The pages for people. */
    @Bean
    @Order(2)
    SecurityFilterChain pageFilters(HttpSecurity http, AuthorizationServerSetup setup) {
        return http.authorizeHttpRequests(
                        requests -> requests.requestMatchers(LOGIN, "/style.css", "/look.css", "/error")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .formLogin(form -> form.loginPage(LOGIN))
                .logout(logout -> logout.logoutSuccessUrl("/login?logout"))
                .headers(headers -> pageHeaders(headers, setup))
                .build();
    }

    private static void pageHeaders(HeadersConfigurer<HttpSecurity> headers, AuthorizationServerSetup setup) {
        // Browsers hold `form-action` against the redirect that answers a form too, and the answer to a login or a
        // consent leads to the client.
        headers.contentSecurityPolicy(
                        policy -> policy.policyDirectives("default-src 'none'; style-src 'self'; form-action 'self' "
                                + setup.api() + "; base-uri 'none'; frame-ancestors 'none'"))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN));
    }

    @Bean
    AuthorizationServerSettings settings(AuthorizationServerSetup setup) {
        return setup.settings();
    }

    @Bean
    RegisteredClientRepository clients(AuthorizationServerSetup setup, PasswordEncoder secrets) {
        return new DemoClients(setup, secrets).inMemory();
    }

    @Bean
    UserDetailsService users(PasswordEncoder secrets) {
        return DemoUsers.inMemory(secrets);
    }

    /** Few rounds, for the demo only: its secrets are public, and each introspection verifies one. */
    @Bean
    PasswordEncoder secrets() {
        return new Pbkdf2PasswordEncoder("", SALT_BYTES, ROUNDS, SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256);
    }
}
