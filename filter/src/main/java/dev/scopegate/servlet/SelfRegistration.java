package dev.scopegate.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.EnumSet;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the filter for the whole application when the jar and a {@code scopegate.yaml} are all that was added: named by
 * the web fragment {@code scopegate}. Where {@code web.xml} maps the filter itself, that mapping stands; in a Jetty with
 * WebSockets it is put before the filter that opens them, as far as that one is there when the application starts.
 */
public final class SelfRegistration implements ServletContextListener {

    private static final Logger LOG = LoggerFactory.getLogger(SelfRegistration.class);

    /** Made by the container. */
    public SelfRegistration() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        Optional<? extends FilterRegistration> declared = context.getFilterRegistrations().values().stream()
                .filter(registration -> ScopegateFilter.class.getName().equals(registration.getClassName()))
                .findFirst();
        if (declared.isPresent()) {
            if (isUnmapped(declared.get())) {
                // Somebody who declares the filter and forgets the mapping believes to be protected.
                map(declared.get());
            } else if (upgradesBeforeOtherFilters(context)) {
                toTheFront(declared.get());
            }
        } else if (ConfigLocation.exists(context)) {
            FilterRegistration.Dynamic registration = context.addFilter("scopegate", ScopegateFilter.class);
            registration.setAsyncSupported(true);
            map(registration);
        } else {
            LOG.warn("Scopegate is on the class path but protects nothing: there is no scopegate.yaml");
        }
    }

    /** Whether this is a Jetty that opens WebSockets in a filter of its own, which it puts before those of web.xml. */
    private static boolean upgradesBeforeOtherFilters(ServletContext context) {
        return context.getFilterRegistrations().values().stream()
                .map(registration -> String.valueOf(registration.getClassName()))
                .anyMatch(name -> name.startsWith("org.eclipse.jetty.") && name.endsWith(".WebSocketUpgradeFilter"));
    }

    /** Behind that filter a stranger would be connected before anybody asked for a token. */
    private static void toTheFront(FilterRegistration declared) {
        String[] patterns = declared.getUrlPatternMappings().toArray(String[]::new);
        if (patterns.length > 0) {
            declared.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, patterns);
        }
    }

    private static boolean isUnmapped(FilterRegistration registration) {
        return registration.getUrlPatternMappings().isEmpty()
                && registration.getServletNameMappings().isEmpty();
    }

    private static void map(FilterRegistration registration) {
        // Before the filters of web.xml: what acts on a caller must know that the caller is one.
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }
}
