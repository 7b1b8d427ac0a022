package dev.scopegate.spring;

import dev.scopegate.config.ConfigProblem;
import dev.scopegate.config.Locations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Where each {@code scopegate.*} property was written, so that a message names file, line and column. */
final class PropertyLocations {

    /** The key that names a file with the whole tree. */
    static final String CONFIG = "config";

    private static final Logger LOG = LoggerFactory.getLogger("dev.scopegate.config");

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("scopegate");

    /** An authority may be called as the scope is, with nothing before it. */
    private static final Set<String> MAY_BE_EMPTY = Set.of("security.authority-prefix");

    /** What may stand beside a file with the whole tree: it is of Spring alone. */
    private static final Set<String> BESIDES_A_FILE = Set.of(CONFIG, "coverage", "security");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_.-]*\\}");

    private static final String SYSTEM_PROPERTIES = StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME;

    private PropertyLocations() {}

    static Locations in(Environment environment) {
        Map<String, String> places = new HashMap<>();
        visit(environment, (name, property) -> put(PropertyTree.meaning(name).path(), place(name, property), places));
        return new Locations("scopegate properties", places);
    }

    /** A part, such as {@code routes[2]}, stands where the first property of it does. */
    private static void put(String path, String place, Map<String, String> places) {
        for (String part = path; !part.isEmpty(); part = Locations.around(part)) {
            places.putIfAbsent(part, place);
        }
    }

    /** The mistakes that binding does not see, in the order of the sources. */
    static List<ConfigProblem> problems(Environment environment) {
        List<ConfigProblem> problems = new ArrayList<>();
        visit(environment, (name, property) -> {
            PropertyTree.Meaning meaning = PropertyTree.meaning(name);
            String path = meaning.path();
            if (!meaning.isKnown()) {
                // Binding finds most of these, but none in a part of an entry of a list, such as
                // 'issuers[0].jwks.urri'.
                if (!holdsOthersToo(property)) {
                    problems.add(new ConfigProblem(path, meaning.problem().orElse("unknown key")));
                }
            } else if (meaning.ownKeys().isPresent()) {
                problems.add(new ConfigProblem(
                        path,
                        "'" + path + "' takes no value, but has keys of its own: "
                                + meaning.ownKeys().get()));
            } else if (property != null
                    && property.getValue() instanceof CharSequence text
                    && !MAY_BE_EMPTY.contains(path)) {
                String resolved = environment.resolvePlaceholders(text.toString());
                if (resolved.isBlank()) {
                    // An empty list of scopes would come to mean that none is needed.
                    problems.add(
                            new ConfigProblem(path, "'" + path + "' is empty; write a value, or leave the key out"));
                } else if (PLACEHOLDER.matcher(resolved).find()) {
                    // Spring leaves it as it is: everybody would know the secret that it came to be.
                    problems.add(new ConfigProblem(
                            path,
                            "'" + path + "' has a placeholder that nothing resolves; set it, or give it a default"));
                }
            }
        });
        return problems;
    }

    /** The keys that stand beside {@code config}, which names all of them already; each with its place. */
    static List<String> besidesAFile(Environment environment) {
        List<String> besides = new ArrayList<>();
        Set<String> tree = Set.copyOf(PropertyTree.keys(ScopegateProperties.class));
        visit(environment, (name, property) -> {
            PropertyTree.Meaning meaning = PropertyTree.meaning(name);
            if (tree.contains(meaning.top()) && !BESIDES_A_FILE.contains(meaning.top())) {
                besides.add("'" + meaning.path() + "' (" + place(name, property) + ")");
            }
        });
        return besides;
    }

    /**
     * Warns of environment variables and system properties that look like keys and are none. They are no mistakes, since others have
     * theirs there too; but a rule that is misspelt there would silently not be one.
     */
    static void warnOfStrangers(Environment environment) {
        visit(environment, (name, property) -> {
            PropertyTree.Meaning meaning = PropertyTree.meaning(name);
            if (!meaning.isKnown() && meaning.near() && holdsOthersToo(property)) {
                LOG.warn("{}: {}", place(name, property), meaning.problem().orElse(""));
            }
        });
    }

    /** Whether a property is where everybody has some: an environment variable, or a system property. */
    private static boolean holdsOthersToo(@Nullable ConfigurationProperty property) {
        return property != null
                && property.getOrigin() instanceof PropertySourceOrigin origin
                && (origin.getPropertySource() instanceof SystemEnvironmentPropertySource
                        || SYSTEM_PROPERTIES.equals(origin.getPropertySource().getName()));
    }

    /** Visits the properties that are in force: not those that another source overrides, a list as a whole. */
    private static void visit(
            Environment environment, BiConsumer<ConfigurationPropertyName, @Nullable ConfigurationProperty> visitor) {
        Set<String> overridden = new HashSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource properties) {
                List<ConfigurationPropertyName> names = properties.stream()
                        .filter(PREFIX::isAncestorOf)
                        .filter(name -> !overridden.contains(whole(name)))
                        .toList();
                names.forEach(name -> visitor.accept(name, properties.getConfigurationProperty(name)));
                // What is no key overrides none.
                names.stream()
                        .filter(name -> PropertyTree.meaning(name).isKnown())
                        .forEach(name -> overridden.add(whole(name)));
            }
        }
    }

    /** The key itself, or the list that it is in. */
    private static String whole(ConfigurationPropertyName name) {
        return PropertyTree.meaning(name).path().split("\\[", 2)[0];
    }

    /** Where a property was written, such as {@code application.yaml:12:5}. */
    static String place(ConfigurationPropertyName name, @Nullable ConfigurationProperty property) {
        Origin origin = property == null ? null : property.getOrigin();
        if (origin instanceof PropertySourceOrigin source) {
            if (source.getPropertySource() instanceof SystemEnvironmentPropertySource) {
                return "environment variable " + source.getPropertyName();
            }
            if (SYSTEM_PROPERTIES.equals(source.getPropertySource().getName())) {
                return "system property " + source.getPropertyName();
            }
            origin = source.getOrigin();
        }
        if (origin instanceof TextResourceOrigin text && text.getResource() != null && text.getLocation() != null) {
            return text.getResource().getFilename() + ":" + (text.getLocation().getLine() + 1) + ":"
                    + (text.getLocation().getColumn() + 1);
        }
        return "property " + name;
    }
}
