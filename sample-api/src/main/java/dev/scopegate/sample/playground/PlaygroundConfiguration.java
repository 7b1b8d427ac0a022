package dev.scopegate.sample.playground;

import dev.scopegate.sample.authorization.Offer;
import dev.scopegate.sample.authorization.SwitchableServer;
import dev.scopegate.sample.authorization.Workshop;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** What the playground adds to the application of the API. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
class PlaygroundConfiguration {

    @Bean
    Offer offer(SwitchableServer authorizationServer) {
        return Offer.of(authorizationServer.setup());
    }

    @Bean
    Workshop workshop(SwitchableServer authorizationServer) {
        return new Workshop(authorizationServer.setup(), Clock.systemUTC());
    }

    @Bean
    Wire wire(@Value("${server.port}") int port) {
        return new Wire(port);
    }

    /** After Scopegate's filter, before all that answers. */
    @Bean
    FilterRegistrationBean<PlaygroundGate> playgroundGate(@Value("${server.port}") int port, Offer offer) {
        FilterRegistrationBean<PlaygroundGate> registration =
                new FilterRegistrationBean<>(new PlaygroundGate(port, offer.issuer()));
        registration.addUrlPatterns("/", "/playground/*", "/actuator/*");
        registration.setAsyncSupported(true);
        return registration;
    }
}
