package dev.scopegate.sample.playground;

import dev.scopegate.sample.authorization.SwitchableServer;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/** The playground, to be added to the application of the API. */
public final class Playground {

    private Playground() {}

    /** Adds the playground of {@code authorizationServer} to an application. */
    public static ApplicationContextInitializer<GenericApplicationContext> of(SwitchableServer authorizationServer) {
        return context -> {
            context.registerBean(SwitchableServer.class, () -> authorizationServer);
            context.registerBean(PlaygroundConfiguration.class);
        };
    }
}
