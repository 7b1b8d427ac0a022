package dev.scopegate.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class VectorsTest {

    private final String before = System.getProperty(Vectors.PROPERTY, "");

    @AfterEach
    void restore() {
        System.setProperty(Vectors.PROPERTY, before);
    }

    @Test
    void folder_inTheNamedOne_found(@TempDir Path all) throws IOException {
        Path jws = Files.createDirectories(all.resolve("cookbook/jws"));
        System.setProperty(Vectors.PROPERTY, all.toString());

        assertThat(Vectors.folder("cookbook/jws")).isEqualTo(jws);
    }

    @Test
    void folder_nowhere_testSkippedSayingWhatIsMissing(@TempDir Path all) {
        System.setProperty(Vectors.PROPERTY, all.toString());

        assertThatThrownBy(() -> Vectors.folder("cookbook/jws"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no vectors cookbook/jws");
    }
}
