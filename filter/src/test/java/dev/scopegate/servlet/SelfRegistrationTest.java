package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Where a filter that {@code web.xml} declares and maps stays, and where it has to go to the front. */
class SelfRegistrationTest {

    private static final String JETTY_UPGRADES = "org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter";

    private final Set<String> mapped = new TreeSet<>();

    @Test
    void declaredFilter_jettyUpgradesWebSockets_mappedBeforeThat() {
        start(gate("/api/*"), other(JETTY_UPGRADES));

        assertThat(mapped).containsExactly("[REQUEST] isMatchAfter=false [/api/*]");
    }

    @Test
    void declaredFilter_nothingUpgradesBeforeOthers_staysWhereItIs() {
        start(gate("/api/*"), other("org.apache.tomcat.websocket.server.WsFilter"));

        assertThat(mapped).isEmpty();
    }

    @Test
    void declaredFilter_mappedToServletsOnly_staysWhereItIs() {
        start(gate(), other(JETTY_UPGRADES));

        assertThat(mapped).isEmpty();
    }

    private static void start(FilterRegistration... registrations) {
        ServletContext context = proxy(
                ServletContext.class,
                (method, arguments) -> method.equals("getFilterRegistrations")
                        ? Map.of("gate", registrations[0], "other", registrations[1])
                        : unexpected(method));
        new SelfRegistration().contextInitialized(new ServletContextEvent(context));
    }

    private FilterRegistration gate(String... patterns) {
        return proxy(FilterRegistration.class, (method, arguments) -> switch (method) {
            case "getClassName" -> ScopegateFilter.class.getName();
            case "getUrlPatternMappings" -> List.of(patterns);
            case "getServletNameMappings" -> List.of("contacts");
            case "addMappingForUrlPatterns" -> note(arguments);
            default -> unexpected(method);
        });
    }

    private Object note(Object[] arguments) {
        Set<?> dispatches = (Set<?>) arguments[0];
        assertThat(dispatches).allMatch(DispatcherType.class::isInstance);
        return mapped.add(
                dispatches + " isMatchAfter=" + arguments[1] + " " + Arrays.toString((String[]) arguments[2]));
    }

    private static FilterRegistration other(String className) {
        return proxy(
                FilterRegistration.class,
                (method, arguments) -> method.equals("getClassName") ? className : unexpected(method));
    }

    private static Object unexpected(String method) {
        throw new IllegalStateException(method);
    }

    private static <T> T proxy(Class<T> type, Behaviour behaviour) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> behaviour.answer(method.getName(), arguments)));
    }

    /** What a method of the container answers. */
    private interface Behaviour {
        Object answer(String method, Object[] arguments);
    }
}
