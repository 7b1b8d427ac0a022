package dev.scopegate.container.tomcat;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.model.Access;
import dev.scopegate.servlet.ScopegateFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.http.HttpServlet;
import java.util.EnumSet;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** An API in an embedded Tomcat, protected in Java: the example of {@code docs/embedded-tomcat.md}. */
final class EmbeddedTomcatExample {

    private EmbeddedTomcatExample() {}

    /** Starts {@code api} at {@code /contacts} and {@code /health}. */
    static Tomcat start(HttpServlet api, String issuer, int port) throws LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setPort(port);
        Context context = tomcat.addContext("", null);
        Wrapper servlet = Tomcat.addServlet(context, "api", api);
        servlet.addMapping("/contacts/*");
        servlet.addMapping("/health");

        // @start region="protect"
        ResourceServer server = ResourceServer.builder()
                .resource("https://api.example.com/contacts")
                .issuer(issuer)
                .route("GET /contacts/**", "read:contacts")
                .route("GET /health", Access.PUBLIC)
                .http(HttpConfig.allowingInsecureLoopback()) // plain HTTP to this machine is fine
                .build();
        context.addServletContainerInitializer(
                (types, application) -> {
                    FilterRegistration.Dynamic gate = application.addFilter("scopegate", new ScopegateFilter(server));
                    gate.setAsyncSupported(true);
                    gate.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
                },
                Set.of());
        // @end
        tomcat.start();
        return tomcat;
    }
}
