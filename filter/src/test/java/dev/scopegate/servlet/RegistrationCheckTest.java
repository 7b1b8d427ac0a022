package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistrationCheckTest {

    private static ServletContext context(List<String> mappings, Map<String, ServletRegistration> servlets) {
        FilterRegistration filter = proxy(
                FilterRegistration.class,
                Map.of(
                        "getClassName", ScopegateFilter.class.getName(),
                        "getUrlPatternMappings", mappings,
                        "getServletNameMappings", List.of()));
        return proxy(
                ServletContext.class,
                Map.of("getFilterRegistrations", Map.of("scopegate", filter), "getServletRegistrations", servlets));
    }

    private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }

    private static Map<String, ServletRegistration> aServlet() {
        return Map.of("contacts", proxy(ServletRegistration.class, Map.of()));
    }

    @Test
    void warnings_mappedToAll_none() {
        assertThat(RegistrationCheck.warnings(context(List.of("/*"), aServlet())))
                .isEmpty();
    }

    @Test
    void warnings_mappedToAPart_saysWhichPart() {
        assertThat(RegistrationCheck.warnings(context(List.of("/api/*"), aServlet())))
                .containsExactly(
                        "The filter 'scopegate' is mapped to /api/* only: nothing else is protected; map it to /*");
    }

    @Test
    void warnings_mappedToNothing_said() {
        assertThat(RegistrationCheck.warnings(context(List.of(), aServlet())))
                .singleElement()
                .asString()
                .contains("mapped to nothing");
    }

    @Test
    void warnings_noServletAtAll_nothingIsLeftOpen() {
        assertThat(RegistrationCheck.warnings(context(List.of(), Map.of()))).isEmpty();
    }
}
