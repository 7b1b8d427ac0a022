package dev.scopegate.spring;

import dev.scopegate.config.IpNetwork;
import dev.scopegate.model.Transport;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Shows what cannot be bound of {@code scopegate.*} as other mistakes of a configuration are shown: the place, the key, and what
 * would be right. Comes before the analyzers of Spring Boot, which quote values: what stands under a misspelt key may be a secret.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BindingFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationPropertiesBindException> {

    private static final Map<Class<?>, String> WORDS = Map.of(
            Boolean.class, "must be true or false",
            boolean.class, "must be true or false",
            Integer.class, "must be a whole number",
            Duration.class, "must be a duration, such as 30s or 5m",
            URI.class, "must be a URI, such as https://login.example.com/keys",
            IpNetwork.class, "must be an address or a network, such as 10.0.0.0/8",
            Transport.class, "must be one of header, form, query, cookie:NAME");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ConfigurationPropertiesBindException cause) {
        if (cause.getBeanType() != ScopegateProperties.class) {
            return null;
        }
        UnboundConfigurationPropertiesException unbound =
                findCause(cause, UnboundConfigurationPropertiesException.class);
        if (unbound != null) {
            return ConfigFailureAnalyzer.analysis(
                    unbound.getUnboundProperties().stream()
                            .map(BindingFailureAnalyzer::unknown)
                            .collect(Collectors.joining(System.lineSeparator())),
                    cause);
        }
        BindException binding = innermost(cause);
        return binding == null ? null : ConfigFailureAnalyzer.analysis(unfit(binding), cause);
    }

    private static String unknown(ConfigurationProperty property) {
        PropertyTree.Meaning meaning = PropertyTree.meaning(property.getName());
        return PropertyLocations.place(property.getName(), property) + ": "
                + meaning.problem().orElse("'" + meaning.path() + "' stands twice, in different spellings; keep one");
    }

    private static String unfit(BindException binding) {
        PropertyTree.Meaning meaning = PropertyTree.meaning(binding.getName());
        return PropertyLocations.place(binding.getName(), binding.getProperty()) + ": '" + meaning.path() + "' "
                + meaning.type().map(BindingFailureAnalyzer::words).orElse("cannot be read");
    }

    private static String words(Type type) {
        if (type instanceof ParameterizedType list) {
            return words(list.getActualTypeArguments()[list.getActualTypeArguments().length - 1]);
        }
        Class<?> raw = (Class<?>) type;
        return raw.isEnum()
                ? "must be one of "
                        + Arrays.stream(raw.getEnumConstants())
                                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                : WORDS.getOrDefault(raw, "takes another kind of value");
    }

    private static @Nullable BindException innermost(Throwable failure) {
        BindException found = null;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof BindException binding) {
                found = binding;
            }
        }
        return found;
    }
}
