package dev.scopegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the configurations of {@code docs/introspection.md} are sound, and that the page names what there is. */
class IntrospectionPageTest {

    private static final Path PAGE = Path.of("../docs/introspection.md");
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void page_eachConfiguration_isSoundAndCostsNoWarning() throws IOException, JOSEException {
        Files.writeString(folder.resolve("introspection.secret"), "s3cret\n");
        byte[] key = new ECKeyGenerator(Curve.P_256).generate().toECPrivateKey().getEncoded();
        Files.writeString(
                folder.resolve("introspection.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
        List<String> examples = YAML.matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(examples).hasSizeGreaterThan(5).allSatisfy(example -> {
            LoadedConfig loaded = new ConfigReader(name -> Optional.of("s3cret"))
                    .read("introspection.md", "resource: https://api.example.com/contacts\n" + example, folder);
            assertThat(ConfigChecks.problems(loaded.config())).isEmpty();
            assertThat(loaded.placedWarnings()).isEmpty();
        });
    }

    @Test
    void page_eachWord_isNamed() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(IntrospectionConfig.ClientAuthentication.values())
                .allSatisfy(word -> assertThat(page).contains("`" + word.name().toLowerCase(Locale.ROOT) + "`"));
        assertThat(IntrospectionConfig.class.getRecordComponents())
                .filteredOn(component -> !component.getName().equals("clientId"))
                .allSatisfy(
                        component -> assertThat(page).containsPattern(RecordBinder.key(component.getName()) + "[:.`]"));
    }
}
