package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.FileReference;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IpNetwork;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.JwksConfig;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.Secret;
import dev.scopegate.config.TokensConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/** What a native image keeps. There is none here: that it runs was not tried. */
class ScopegateRuntimeHintsTest {

    private static RuntimeHints registered() {
        RuntimeHints hints = new RuntimeHints();
        new ScopegateRuntimeHints().registerHints(hints, ScopegateRuntimeHintsTest.class.getClassLoader());
        return hints;
    }

    @Test
    void registrar_foundBySpring_byItself() {
        assertThat(AotServices.factories().load(RuntimeHintsRegistrar.class))
                .hasAtLeastOneElementOfType(ScopegateRuntimeHints.class);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                IssuerConfig.class, JwksConfig.class, IntrospectionConfig.class, IntrospectionConfig.Cache.class,
                TokensConfig.class, RouteConfig.class, HttpConfig.class, SecurityProperties.class
            })
    void recordsOfTheConfiguration_constructors_areKept(Class<?> record) {
        assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(record.getDeclaredConstructors()[0]))
                .accepts(registered());
    }

    @Test
    void recordsOfAnotherPackage_bySpringBootAlone_wouldBeMissing() throws Exception {
        RuntimeHints hints = new RuntimeHints();
        BindableRuntimeHintsRegistrar.forTypes(ScopegateProperties.class).registerHints(hints);

        assertThat(RuntimeHintsPredicates.reflection()
                        .onConstructorInvocation(TokensConfig.class.getDeclaredConstructors()[0]))
                .rejects(hints);
    }

    @ParameterizedTest
    @ValueSource(classes = {FileReference.class, IpNetwork.class, Secret.class})
    void typesThatAreWrittenAsText_factories_areKept(Class<?> type) throws Exception {
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(type.getMethod("of", String.class)))
                .accepts(registered());
    }

    @Test
    void bound_noRecordOfTheTree_isLeftOut() {
        assertThat(ScopegateRuntimeHints.bound())
                .contains(ScopegateProperties.class, IntrospectionConfig.PrivateKey.class, IpNetwork.class)
                .allMatch(Class::isRecord);
    }

    @Test
    void caches_andTheirEntries_areMadeAsCaffeineDoes() throws Exception {
        Class<?> cache = Class.forName("com.github.benmanes.caffeine.cache.SSMSW");
        Class<?> entry = Class.forName("com.github.benmanes.caffeine.cache.PSWMS");

        assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(cache.getDeclaredField("FACTORY")))
                .accepts(registered());
        assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(entry.getDeclaredConstructor()))
                .accepts(registered());
    }

    @Test
    void providers_thatAreAbsent_areNotNamed() {
        assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of("org.conscrypt.Conscrypt")))
                .rejects(registered());
    }
}
