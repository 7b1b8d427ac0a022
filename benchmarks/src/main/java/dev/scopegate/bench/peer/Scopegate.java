package dev.scopegate.bench.peer;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.CryptoConfig;
import dev.scopegate.config.FileReference;
import dev.scopegate.config.HttpConfigBuilder;
import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IntrospectionConfigBuilder;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.JwksConfigBuilder;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.ScopegateConfigBuilder;
import dev.scopegate.config.Secret;
import dev.scopegate.config.TokensConfig;
import dev.scopegate.config.TokensConfigBuilder;
import dev.scopegate.model.Access;
import dev.scopegate.model.AccessToken;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.model.Validation;
import dev.scopegate.validate.TokenValidator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Scopegate as it is configured where it is measured: by its public API. */
public final class Scopegate {

    private static final int REMEMBERED = 10_000;
    /** Room for those that are kept waiting on purpose, though a part of it is kept for tokens that are known. */
    private static final int MAX_CONCURRENT = 256;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofHours(1);

    private Scopegate() {}

    /**
     * A server that judges requests to {@code GET /contacts/**}, and counts them.
     *
     * @param remembers whether tokens that were verified are remembered
     */
    static ResourceServer server(SampleTokens tokens, CryptoConfig.Provider provider, boolean remembers) {
        return server(issuer(tokens, IntrospectionConfig.NONE), provider, remembers);
    }

    /**
     * The same, which asks {@code endpoint} about opaque tokens besides, patiently, and remembers what it is told.
     *
     * @param remembers whether JWTs that were verified are remembered
     */
    public static ResourceServer asking(IntrospectionEndpoint endpoint, SampleTokens tokens, boolean remembers) {
        IntrospectionConfig how = IntrospectionConfigBuilder.builder()
                .endpoint(endpoint.address())
                .clientId(IntrospectionEndpoint.CLIENT)
                .clientSecret(Secret.of(IntrospectionEndpoint.SECRET))
                .timeout(PATIENCE)
                .maxConcurrent(MAX_CONCURRENT)
                .cache(new IntrospectionConfig.Cache(LONG, Duration.ZERO, REMEMBERED))
                .build();
        return server(issuer(tokens, how), CryptoConfig.Provider.JCA, remembers);
    }

    private static ResourceServer server(IssuerConfig issuer, CryptoConfig.Provider provider, boolean remembers) {
        return ResourceServer.builder()
                .resource(SampleTokens.AUDIENCE)
                .issuer(issuer)
                .tokens(tokensConfig(remembers))
                .crypto(new CryptoConfig(provider))
                .http(HttpConfigBuilder.builder()
                        .allowInsecureLoopback(true)
                        // A busy machine is no outage.
                        .connectTimeout(PATIENCE)
                        .build())
                .route("GET /contacts/**", SampleTokens.SCOPE)
                .route("GET /health", Access.PUBLIC)
                .meterRegistry(new SimpleMeterRegistry())
                .build();
    }

    private static IssuerConfig issuer(SampleTokens tokens, IntrospectionConfig introspection) {
        return IssuerConfig.builder(SampleTokens.ISSUER)
                .jwks(JwksConfigBuilder.builder()
                        .file(FileReference.of(tokens.jwksFile().toString()))
                        .build())
                .introspection(introspection)
                .build();
    }

    private static TokensConfig tokensConfig(boolean remembers) {
        Duration lifetime = remembers ? LONG : Duration.ZERO;
        return TokensConfigBuilder.builder()
                .cache(new TokensConfig.Cache(lifetime, REMEMBERED))
                .build();
    }

    /** Steps 2 to 7 for a request with a token that nobody remembers. */
    static Contender deciding(SampleTokens tokens, CryptoConfig.Provider provider) {
        ResourceServer server = server(tokens, provider, false);
        return new Contender() {
            @Override
            public boolean accepts(String token) {
                RequestSnapshot request =
                        new RequestSnapshot("GET", "/contacts/7", "/contacts/7", List.of("Bearer " + token));
                return server.decide(request) instanceof Decision.Permitted;
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    /** Step 5 alone, for a token that nobody remembers. */
    static Contender validating(SampleTokens tokens, CryptoConfig.Provider provider) {
        ScopegateConfig config = ScopegateConfigBuilder.builder()
                .resource(SampleTokens.AUDIENCE)
                .issuers(List.of(issuer(tokens, IntrospectionConfig.NONE)))
                .tokens(tokensConfig(false))
                .crypto(new CryptoConfig(provider))
                .build();
        TokenValidator validator = TokenValidator.of(config, Clock.systemUTC());
        RouteRequirement anyone = RouteRequirement.of("GET /contacts/**", Access.AUTHENTICATED);
        return new Contender() {
            @Override
            public boolean accepts(String token) {
                return validator.validate(new AccessToken(token), anyone) instanceof Validation.Valid;
            }

            @Override
            public void close() {
                validator.close();
            }
        };
    }
}
