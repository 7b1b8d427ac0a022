package dev.scopegate.spring;

import static java.util.Objects.requireNonNullElse;

import dev.scopegate.config.AuditConfig;
import dev.scopegate.config.ChallengeConfig;
import dev.scopegate.config.CryptoConfig;
import dev.scopegate.config.FileReference;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IpNetwork;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.ScopegateConfig.CorsPreflight;
import dev.scopegate.config.TokensConfig;
import dev.scopegate.model.Access;
import dev.scopegate.model.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The tree of {@code scopegate.yaml} under {@code scopegate.} in {@code application.yaml}. A property that is not one of the
 * tree keeps the application from starting: a misspelt rule would not protect anything.
 *
 * @param resource Identifier of the protected resource, an absolute URI, and the default audience.
 * @param mode What is done with a refusal.
 * @param issuers Authorization servers whose access tokens are accepted.
 * @param tokens How clients send tokens.
 * @param routes What each route requires of a token.
 * @param routesFrom An OpenAPI document whose security says what each operation requires.
 * @param defaultAccess What applies where no rule names the route.
 * @param challenge What refusals say.
 * @param externalUrl What clients see as the address of this application.
 * @param trustedProxies Addresses or networks whose Forwarded fields are believed.
 * @param corsPreflight What is done with the preflight requests of browsers.
 * @param http How issuers are called.
 * @param crypto Who verifies signatures.
 * @param audit What is written of each decision.
 * @param reloadInterval How often the OpenAPI document is looked at for changes; properties themselves are not watched.
 * @param config Where a scopegate.yaml is that holds the whole tree, instead of the other keys: a path, file:… or classpath:….
 * @param coverage What is done about handlers of Spring MVC that nothing protects.
 * @param security How Scopegate and Spring Security live together.
 */
@ConfigurationProperties(prefix = "scopegate", ignoreUnknownFields = false)
public record ScopegateProperties(
        Optional<String> resource,
        Mode mode,
        List<IssuerConfig> issuers,
        TokensConfig tokens,
        List<RouteConfig> routes,
        Optional<FileReference> routesFrom,
        Access defaultAccess,
        ChallengeConfig challenge,
        Optional<String> externalUrl,
        List<IpNetwork> trustedProxies,
        CorsPreflight corsPreflight,
        HttpConfig http,
        CryptoConfig crypto,
        AuditConfig audit,
        Duration reloadInterval,
        Optional<String> config,
        @DefaultValue("fail") Coverage coverage,
        @DefaultValue SecurityProperties security) {

    /** What is absent arrives as null in Spring Boot 3.5; what the configuration has defaults for is left to it. */
    public ScopegateProperties {
        config = requireNonNullElse(config, Optional.empty());
    }

    /** The same as a configuration; what is absent takes its default. */
    ScopegateConfig toConfig() {
        return new ScopegateConfig(
                resource,
                mode,
                issuers,
                tokens,
                routes,
                routesFrom,
                defaultAccess,
                challenge,
                externalUrl,
                trustedProxies,
                corsPreflight,
                http,
                crypto,
                audit,
                reloadInterval);
    }
}
