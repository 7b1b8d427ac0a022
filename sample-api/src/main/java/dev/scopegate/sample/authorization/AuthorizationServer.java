package dev.scopegate.sample.authorization;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The running authorization server; {@link #close()} stops it. Safe for concurrent use. */
public final class AuthorizationServer implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private AuthorizationServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts the server on loopback, on the port of its issuer, and returns when it answers. */
    public static AuthorizationServer start(AuthorizationServerSetup setup) {
        Map<String, Object> port = Map.of("server.port", setup.issuer().getPort());
        return new AuthorizationServer(new SpringApplicationBuilder(AuthorizationServerApplication.class)
                .properties("spring.config.name=authorization-server")
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .initializers(context -> {
                    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("port", port));
                    ((GenericApplicationContext) context).registerBean(AuthorizationServerSetup.class, () -> setup);
                })
                .run());
    }

    /** Stops the server and frees its port. Sessions, consents and opaque tokens are gone with it. */
    @Override
    public void close() {
        context.close();
    }
}
