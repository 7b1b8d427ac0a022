package dev.scopegate.test.spring;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Properties without those of issuers. Spring Boot takes a list from one source alone, but goes on seeing the elements that others have,
 * and calls what nobody took of them a mistake.
 */
final class WithoutIssuers extends EnumerablePropertySource<EnumerablePropertySource<?>>
        implements OriginLookup<String> {

    private static final String ISSUERS = "scopegate.issuers[";

    private WithoutIssuers(EnumerablePropertySource<?> all) {
        super(all.getName(), all);
    }

    /** Hides the issuers of all sources but the environment variables, which Spring Boot reads in a way of its own. */
    static void hide(MutablePropertySources sources) {
        List<PropertySource<?>> before = sources.stream().toList();
        for (PropertySource<?> source : before) {
            if (source instanceof EnumerablePropertySource<?> all
                    && !(source instanceof SystemEnvironmentPropertySource)
                    && Stream.of(all.getPropertyNames()).anyMatch(WithoutIssuers::isHidden)) {
                sources.replace(source.getName(), new WithoutIssuers(all));
            }
        }
    }

    private static boolean isHidden(String name) {
        return name.startsWith(ISSUERS);
    }

    @Override
    public String[] getPropertyNames() {
        return Stream.of(source.getPropertyNames())
                .filter(name -> !isHidden(name))
                .toArray(String[]::new);
    }

    @Override
    public @Nullable Object getProperty(String name) {
        return isHidden(name) ? null : source.getProperty(name);
    }

    @Override
    public @Nullable Origin getOrigin(String name) {
        return OriginLookup.getOrigin(source, name);
    }
}
