package dev.scopegate.spring;

import dev.scopegate.config.ConfigProblem;
import dev.scopegate.config.Locations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginProvider;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.Environment;

/** Where each {@code scopegate.*} property was written, so that a message names file, line and column. */
final class PropertyLocations {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("scopegate");

    /** An authority may be called as the scope is, with nothing before it. */
    private static final Set<String> MAY_BE_EMPTY = Set.of("security.authority-prefix");

    private PropertyLocations() {}

    static Locations in(Environment environment) {
        Map<String, String> places = new HashMap<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource properties) {
                properties.stream()
                        .filter(PREFIX::isAncestorOf)
                        .forEach(name -> put(path(name), place(properties, name), places));
            }
        }
        return new Locations("scopegate properties", places);
    }

    /** A part, such as {@code routes[2]}, stands where the first property of it does. */
    private static void put(String path, String place, Map<String, String> places) {
        for (String part = path; !part.isEmpty(); part = Locations.around(part)) {
            places.putIfAbsent(part, place);
        }
    }

    /**
     * The mistakes that binding does not see: what is written and empty. An empty list of scopes would come to mean that none
     * is needed.
     */
    static List<ConfigProblem> empty(Environment environment) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource properties) {
                properties.stream()
                        .filter(PREFIX::isAncestorOf)
                        .filter(name -> isEmpty(source.getConfigurationProperty(name), environment))
                        .map(PropertyLocations::path)
                        .filter(path -> !MAY_BE_EMPTY.contains(path))
                        .forEach(path -> problems.add(new ConfigProblem(
                                path, "'" + path + "' is empty; write a value, or leave the key out")));
            }
        }
        return problems;
    }

    private static boolean isEmpty(@Nullable ConfigurationProperty property, Environment environment) {
        return property != null
                && property.getValue() instanceof CharSequence text
                && environment.resolvePlaceholders(text.toString()).isBlank();
    }

    private static String path(ConfigurationPropertyName name) {
        return name.subName(1).toString();
    }

    private static String place(ConfigurationPropertySource properties, ConfigurationPropertyName name) {
        ConfigurationProperty property = properties.getConfigurationProperty(name);
        Origin origin = property == null ? null : property.getOrigin();
        if (origin instanceof OriginProvider source) {
            origin = source.getOrigin();
        }
        if (origin instanceof TextResourceOrigin text && text.getResource() != null && text.getLocation() != null) {
            return text.getResource().getFilename() + ":" + (text.getLocation().getLine() + 1) + ":"
                    + (text.getLocation().getColumn() + 1);
        }
        return "property " + name;
    }
}
