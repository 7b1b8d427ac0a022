package dev.scopegate.test.spring;

import dev.scopegate.test.TestIssuer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Does what {@link TrustTestIssuer} says. Made by Spring's test framework, which finds it by name. */
final class TrustTestIssuerFactory implements ContextCustomizerFactory {

    private static final String FIRST = "scopegate.issuers[0]";

    private static final Pattern INDEX = Pattern.compile("\\.(\\d+)(?=\\.|$)");

    /** What the issuer is asked, and by whom, is the test issuer's; how its answers are used stays the application's. */
    private static final Set<String> OF_INTROSPECTION = Set.of(
            "introspection.tokens",
            "introspection.token-prefix",
            "introspection.timeout",
            "introspection.max-concurrent",
            "introspection.cache.ttl",
            "introspection.cache.negative-ttl",
            "introspection.cache.max-entries",
            "introspection.on-outage",
            "introspection.last-known-for");

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        return TestContextAnnotationUtils.hasAnnotation(testClass, TrustTestIssuer.class) ? new Trust() : null;
    }

    /** Equal to any other, so that test classes with the same configuration share a context and its issuer. */
    private record Trust() implements ContextCustomizer {

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
            ConfigurableEnvironment environment = context.getEnvironment();
            Map<String, String> configured = configured(environment);
            TestIssuer issuer =
                    audience(configured, environment).map(TestIssuer::startFor).orElseGet(TestIssuer::start);
            DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
            beans.registerSingleton("scopegateTestIssuer", issuer);
            beans.registerDisposableBean("scopegateTestIssuer", issuer::close);
            MutablePropertySources sources = environment.getPropertySources();
            WithoutIssuers.hide(sources);
            sources.addFirst(new MapPropertySource("scopegate test issuer", properties(configured, issuer)));
        }

        /** The keys of the first issuer, as they are written. */
        private static Map<String, String> configured(ConfigurableEnvironment environment) {
            Map<String, String> keys = new LinkedHashMap<>();
            Binder.get(environment)
                    .bind(FIRST, Bindable.mapOf(String.class, String.class))
                    .orElse(Map.of())
                    .forEach((name, value) -> keys.put(written(name), value));
            return keys;
        }

        /** As a map's key, {@code algorithms[0]} reads {@code algorithms.0}, which would be a key of its own. */
        private static String written(String name) {
            return name.startsWith("required-claims.")
                    ? name
                    : INDEX.matcher(name).replaceAll("[$1]");
        }

        private static Optional<String> audience(Map<String, String> configured, ConfigurableEnvironment environment) {
            return Optional.ofNullable(configured.get("audiences[0]"))
                    .or(() ->
                            Optional.ofNullable(configured.get("audiences")).map(list -> list.split(",", 2)[0].trim()))
                    .or(() -> Optional.ofNullable(environment.getProperty("scopegate.resource")));
        }

        private static Map<String, Object> properties(Map<String, String> configured, TestIssuer issuer) {
            Map<String, Object> properties = new LinkedHashMap<>();
            configured.forEach((name, value) -> {
                if (isOfTokens(name)) {
                    properties.put(FIRST + "." + name, value);
                }
            });
            properties.put(FIRST + ".issuer", issuer.issuer());
            if (configured.keySet().stream().anyMatch(name -> name.startsWith("introspection."))) {
                properties.put(FIRST + ".introspection.client-id", TestIssuer.CLIENT_ID);
                properties.put(FIRST + ".introspection.client-secret", TestIssuer.CLIENT_SECRET);
            }
            if (!configured.containsKey("audiences[0]") && !configured.containsKey("audiences")) {
                properties.put(FIRST + ".audiences[0]", issuer.audience());
            }
            properties.put("scopegate.http.allow-insecure-loopback", "true");
            return properties;
        }

        private static boolean isOfTokens(String name) {
            return OF_INTROSPECTION.contains(name)
                    || !(name.startsWith("jwks.")
                            || name.startsWith("introspection.")
                            || name.equals("shared-secret-file"));
        }
    }
}
