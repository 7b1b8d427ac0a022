package dev.scopegate.spring;

import dev.scopegate.ResourceServer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

/**
 * The health of {@link ScopegateHealthAutoConfiguration} in Spring Boot 3.5, whose types of health have other names. They are called by
 * name: this jar is compiled against Spring Boot 4, which does not have them.
 */
@AutoConfiguration(after = ScopegateAutoConfiguration.class)
@ConditionalOnClass(name = ScopegateBoot3HealthAutoConfiguration.INDICATOR)
@ConditionalOnExpression("${management.health.scopegate.enabled:${management.health.defaults.enabled:true}}")
@ConditionalOnBean(ResourceServer.class)
@ConditionalOnMissingBean(name = ScopegateBoot3HealthAutoConfiguration.BEAN)
@Import(ScopegateBoot3HealthAutoConfiguration.Registrar.class)
public final class ScopegateBoot3HealthAutoConfiguration {

    static final String INDICATOR = "org.springframework.boot.actuate.health.HealthIndicator";
    static final String BEAN = "scopegateHealthIndicator";

    private static final String HEALTH = "org.springframework.boot.actuate.health.Health";

    /** Made by Spring Boot. */
    public ScopegateBoot3HealthAutoConfiguration() {}

    /** Registers a bean of a type that is known by its name alone. */
    static final class Registrar implements ImportBeanDefinitionRegistrar {

        private final BeanFactory beans;
        private final ClassLoader classes;

        Registrar(BeanFactory beans, ClassLoader classes) {
            this.beans = beans;
            this.classes = classes;
        }

        @Override
        public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
            try {
                registry.registerBeanDefinition(BEAN, definition(classes.loadClass(INDICATOR)));
            } catch (ClassNotFoundException impossible) {
                throw new IllegalStateException("a condition of this class", impossible);
            }
        }

        private <T> RootBeanDefinition definition(Class<T> indicator) {
            InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
                case "health" -> health();
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                case "toString" -> BEAN;
                default -> InvocationHandler.invokeDefault(proxy, method, arguments);
            };
            return new RootBeanDefinition(
                    indicator,
                    () -> indicator.cast(Proxy.newProxyInstance(classes, new Class<?>[] {indicator}, calls)));
        }

        /** {@code Health.up().withDetails(…).build()}, or {@code Health.down()…}. */
        private @Nullable Object health() throws ReflectiveOperationException {
            HealthDetails known = HealthDetails.of(beans.getBean(ResourceServer.class));
            Class<?> type = classes.loadClass(HEALTH);
            Object builder = type.getMethod(known.up() ? "up" : "down").invoke(null);
            Class<?> builderType = classes.loadClass(HEALTH + "$Builder");
            builderType.getMethod("withDetails", Map.class).invoke(builder, known.details());
            return builderType.getMethod("build").invoke(builder);
        }
    }
}
