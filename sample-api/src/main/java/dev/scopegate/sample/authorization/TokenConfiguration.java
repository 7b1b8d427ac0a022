package dev.scopegate.sample.authorization;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2AccessTokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/** How tokens are made, signed and kept. */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

    @Bean
    JWKSource<SecurityContext> keys(AuthorizationServerSetup setup) {
        return setup.keys().publishing();
    }

    @Bean
    OAuth2TokenGenerator<OAuth2Token> tokens(AuthorizationServerSetup setup) {
        TokenContents contents = new TokenContents(setup);
        JwtGenerator signed = new JwtGenerator(new NimbusJwtEncoder(setup.keys().signing()));
        signed.setJwtCustomizer(contents::jwt);
        OAuth2AccessTokenGenerator opaque = new OAuth2AccessTokenGenerator();
        opaque.setAccessTokenCustomizer(contents::opaque);
        return new DelegatingOAuth2TokenGenerator(signed, opaque, new RefreshTokens(Clock.systemUTC()));
    }

    /** For the UserInfo endpoint, which is a protected resource itself. */
    @Bean
    JwtDecoder accessTokens(JWKSource<SecurityContext> keys, AuthorizationServerSetup setup) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(keys).build();
        decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
                .issuer(setup.issuer().toString())
                .audience(setup.resource().toString())
                .build());
        return decoder;
    }

    @Bean
    OAuth2AuthorizationService authorizations() {
        return new Authorizations();
    }

    @Bean
    OAuth2AuthorizationConsentService consents() {
        return new Consents();
    }
}
