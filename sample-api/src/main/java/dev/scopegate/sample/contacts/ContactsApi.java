package dev.scopegate.sample.contacts;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The running contacts API; {@link #close()} stops it. Safe for concurrent use. */
public final class ContactsApi implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private ContactsApi(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts the API on loopback and returns when it answers. Does not need the authorization server to be up.
     *
     * @param port where the API listens, 1 to 65535
     * @param authorizationServerPort where its issuer listens on the same host, 1 to 65535
     * @param arguments further Spring Boot options, for example {@code --spring.profiles.active=postgres}
     */
    public static ContactsApi start(int port, int authorizationServerPort, String... arguments) {
        return start(port, authorizationServerPort, context -> {}, arguments);
    }

    /**
     * The same, with more in the application than the contacts.
     *
     * @param more adds beans
     */
    public static ContactsApi start(
            int port,
            int authorizationServerPort,
            ApplicationContextInitializer<GenericApplicationContext> more,
            String... arguments) {
        Map<String, Object> ports = Map.of("server.port", port, "authorization-server.port", authorizationServerPort);
        return new ContactsApi(new SpringApplicationBuilder(ContactsApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .initializers(context -> {
                    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("ports", ports));
                    more.initialize((GenericApplicationContext) context);
                })
                .run(arguments));
    }

    /** Stops the API and frees its port. */
    @Override
    public void close() {
        context.close();
    }
}
