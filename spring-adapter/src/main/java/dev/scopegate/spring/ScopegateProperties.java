package dev.scopegate.spring;

import dev.scopegate.config.ChallengeConfig;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.TokensConfig;
import dev.scopegate.model.Access;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The tree of {@code scopegate.yaml} under {@code scopegate.} in {@code application.yaml}. A property that is not one of the
 * tree keeps the application from starting: a misspelt rule would not protect anything.
 *
 * @param resource Identifier of the protected resource, an absolute URI, and the default audience.
 * @param mode What is done with a refusal.
 * @param issuers Authorization servers whose access tokens are accepted.
 * @param tokens How clients send tokens.
 * @param routes What each route requires of a token.
 * @param defaultAccess What applies where no rule names the route.
 * @param challenge What refusals say.
 * @param http How issuers are called.
 */
@ConfigurationProperties(prefix = "scopegate", ignoreUnknownFields = false)
public record ScopegateProperties(
        Optional<String> resource,
        ScopegateConfig.Mode mode,
        List<IssuerConfig> issuers,
        TokensConfig tokens,
        List<RouteConfig> routes,
        Access defaultAccess,
        ChallengeConfig challenge,
        HttpConfig http) {

    /** The same as a configuration; what is absent takes its default. */
    ScopegateConfig toConfig() {
        return new ScopegateConfig(resource, mode, issuers, tokens, routes, defaultAccess, challenge, http);
    }
}
