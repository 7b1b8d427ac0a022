package dev.scopegate.servlet;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks at how the filter was registered, and says what leaves a part of the application open or judges it twice. The
 * servlet API does not tell for which dispatches a filter is mapped, so that is not seen here.
 */
final class RegistrationCheck {

    private RegistrationCheck() {}

    /** What is risky, one sentence each; empty if nothing is. */
    static List<String> warnings(ServletContext context) {
        List<String> warnings = new ArrayList<>();
        if (context.getServletRegistrations().isEmpty()) {
            // Nothing is served that could be left open: such as where a test calls filters without a container.
            return warnings;
        }
        int registrations = 0;
        for (Map.Entry<String, ? extends FilterRegistration> entry :
                context.getFilterRegistrations().entrySet()) {
            FilterRegistration registration = entry.getValue();
            if (ScopegateFilter.class.getName().equals(registration.getClassName())) {
                registrations++;
                if (!registration.getUrlPatternMappings().contains("/*")) {
                    warnings.add("The filter '" + entry.getKey() + "' is mapped to "
                            + String.join(", ", mappings(registration))
                            + " only: nothing else is protected; map it to /*");
                }
            }
        }
        if (registrations > 1) {
            warnings.add("The filter is registered " + registrations + " times; once, mapped to /*, is enough");
        }
        return warnings;
    }

    private static List<String> mappings(FilterRegistration registration) {
        List<String> mappings = new ArrayList<>(registration.getUrlPatternMappings());
        registration.getServletNameMappings().forEach(name -> mappings.add("the servlet " + name));
        return mappings.isEmpty() ? List.of("nothing") : mappings;
    }
}
