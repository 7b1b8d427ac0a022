package dev.scopegate.spring;

import dev.scopegate.config.Locations;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.Environment;

/** Where each {@code scopegate.*} property was written, so that a message names file, line and column. */
final class PropertyLocations {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("scopegate");

    private PropertyLocations() {}

    static Locations in(Environment environment) {
        Map<String, String> places = new HashMap<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource properties) {
                properties.stream()
                        .filter(PREFIX::isAncestorOf)
                        .forEach(name -> places.putIfAbsent(path(name), place(properties, name)));
            }
        }
        return new Locations("scopegate properties", places);
    }

    private static String path(ConfigurationPropertyName name) {
        return name.subName(1).toString();
    }

    private static String place(ConfigurationPropertySource source, ConfigurationPropertyName name) {
        ConfigurationProperty property = source.getConfigurationProperty(name);
        Origin origin = property == null ? null : property.getOrigin();
        if (origin instanceof TextResourceOrigin text && text.getResource() != null && text.getLocation() != null) {
            return text.getResource().getFilename() + ":" + (text.getLocation().getLine() + 1) + ":"
                    + (text.getLocation().getColumn() + 1);
        }
        return "property " + name;
    }
}
