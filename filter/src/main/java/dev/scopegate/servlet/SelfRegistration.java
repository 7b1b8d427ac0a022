package dev.scopegate.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.EnumSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the filter for the whole application when the jar and a {@code scopegate.yaml} are all that was added: named by
 * the web fragment {@code scopegate}. Does nothing where {@code web.xml} declares the filter itself.
 */
public final class SelfRegistration implements ServletContextListener {

    private static final Logger LOG = LoggerFactory.getLogger(SelfRegistration.class);

    /** Made by the container. */
    public SelfRegistration() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        boolean declared = context.getFilterRegistrations().values().stream()
                .anyMatch(registration -> ScopegateFilter.class.getName().equals(registration.getClassName()));
        if (declared) {
            return;
        }
        if (!ConfigLocation.exists(context)) {
            LOG.warn("Scopegate is on the class path but protects nothing: there is no scopegate.yaml");
            return;
        }
        FilterRegistration.Dynamic registration = context.addFilter("scopegate", ScopegateFilter.class);
        registration.setAsyncSupported(true);
        // Before the filters of web.xml: what acts on a caller must know that the caller is one.
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }
}
