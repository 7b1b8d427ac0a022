package dev.scopegate.spring;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/**
 * What a native image has to keep for the filter, since it is found by reflection alone: the records of the configuration, of which
 * Spring Boot sees only those of its own package by itself, the caches that Caffeine generates, and the providers of signature
 * algorithms.
 */
final class ScopegateRuntimeHints implements RuntimeHintsRegistrar {

    /** Caffeine's names for the caches that are built here, and for their entries: one letter for each of their features. */
    static final List<String> CACHES =
            List.of("FS", "FSMS", "PS", "PSMS", "PSW", "PSWMS", "SS", "SSMS", "SSMSA", "SSMSW", "WS", "WSMS");

    private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.";

    private static final Set<String> FACTORIES = Set.of("of", "valueOf", "from");

    /** Made by Spring. */
    ScopegateRuntimeHints() {}

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        Set<Class<?>> bound = bound();
        BindableRuntimeHintsRegistrar.forTypes(bound).registerHints(hints);
        bound.forEach(type -> registerFactories(type, hints.reflection()));
        for (String cache : CACHES) {
            hints.reflection()
                    .registerTypeIfPresent(
                            classLoader,
                            CAFFEINE + cache,
                            type -> type.withField("FACTORY").withConstructor(List.of(), ExecutableMode.INVOKE));
        }
        hints.reflection()
                .registerTypeIfPresent(
                        classLoader,
                        "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider",
                        type -> type.withField("INSTANCE")
                                .withMethod("getLoadingError", List.of(), ExecutableMode.INVOKE))
                .registerTypeIfPresent(
                        classLoader,
                        "org.conscrypt.Conscrypt",
                        type -> type.withMethod("newProvider", List.of(), ExecutableMode.INVOKE));
    }

    /** A type that is written as one text is made by its factory. */
    private static void registerFactories(Class<?> type, ReflectionHints hints) {
        for (Method method : type.getMethods()) {
            if (Modifier.isStatic(method.getModifiers())
                    && FACTORIES.contains(method.getName())
                    && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class})) {
                hints.registerType(
                        TypeReference.of(type),
                        builder -> builder.withMethod(
                                method.getName(), TypeReference.listOf(String.class), ExecutableMode.INVOKE));
            }
        }
    }

    /** All records that a property may come to be in. */
    static Set<Class<?>> bound() {
        Set<Class<?>> found = new LinkedHashSet<>();
        collect(ScopegateProperties.class, found);
        return found;
    }

    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument, found);
            }
        } else if (type instanceof GenericArrayType array) {
            collect(array.getGenericComponentType(), found);
        } else if (type instanceof Class<?> own && own.isRecord() && found.add(own)) {
            for (RecordComponent component : own.getRecordComponents()) {
                collect(component.getGenericType(), found);
            }
        }
    }
}
