package dev.scopegate.sample.authorization;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/** The authorization server of the sample, to which tests add clients of their own. Safe for concurrent use. */
public final class ServerOfTests implements AutoCloseable {

    /** Offered by no endpoint: such a client can introspect, and get no tokens. */
    private static final AuthorizationGrantType NO_GRANT = new AuthorizationGrantType("none");

    private final ConfigurableApplicationContext context;

    private ServerOfTests(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts it on the port of its issuer.
     *
     * @param properties of Spring Boot, such as those for TLS
     */
    public static ServerOfTests start(AuthorizationServerSetup setup, Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("server.port", setup.issuer().getPort());
        return new ServerOfTests(new SpringApplicationBuilder(AuthorizationServerApplication.class)
                .properties("spring.config.name=authorization-server")
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .initializers(context -> {
                    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", all));
                    ((GenericApplicationContext) context).registerBean(AuthorizationServerSetup.class, () -> setup);
                })
                .run());
    }

    /** Adds a client that introspects, and does nothing else. */
    public void register(String id, UnaryOperator<RegisteredClient.Builder> how) {
        RegisteredClient.Builder client =
                RegisteredClient.withId(id).clientId(id).authorizationGrantType(NO_GRANT);
        context.getBean(InMemoryRegisteredClientRepository.class)
                .save(how.apply(client).build());
    }

    /** A secret as the server keeps it. */
    public String encoded(String secret) {
        return String.valueOf(context.getBean(PasswordEncoder.class).encode(secret));
    }

    @Override
    public void close() {
        context.close();
    }
}
