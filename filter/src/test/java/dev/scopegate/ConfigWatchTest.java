package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each look is one that the timer would have made. */
class ConfigWatchTest {

    @TempDir
    private Path folder;

    private final AtomicInteger reloads = new AtomicInteger();
    private Path file;
    private ConfigWatch watch;

    @BeforeEach
    void watchOneFile() throws IOException {
        file = Files.writeString(folder.resolve("scopegate.yaml"), "one");
        watch = new ConfigWatch(() -> List.of(file), reloads::incrementAndGet);
    }

    private int reloadsAfter(int looks) {
        for (int i = 0; i < looks; i++) {
            watch.look();
        }
        return reloads.get();
    }

    @Test
    void look_nothingChanged_nothingRead() {
        assertThat(reloadsAfter(5)).isZero();
    }

    @Test
    void look_changedOnce_readOnce() throws IOException {
        Files.writeString(file, "two");

        assertThat(reloadsAfter(5)).isEqualTo(1);
    }

    @Test
    void look_stillBeingWritten_notRead() throws IOException {
        for (String half : List.of("t", "tw", "two", "two three")) {
            Files.writeString(file, half);
            assertThat(reloadsAfter(1)).as("after '%s'", half).isZero();
        }

        assertThat(reloadsAfter(1)).isEqualTo(1);
    }

    @Test
    void look_writtenWithTheSameContent_notRead() throws IOException {
        Files.writeString(file, "one");

        assertThat(reloadsAfter(3)).isZero();
    }

    @Test
    void look_anotherFileRenamedOverIt_read() throws IOException {
        Files.move(
                Files.writeString(folder.resolve("new"), "two"),
                file,
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);

        assertThat(reloadsAfter(3)).isEqualTo(1);
    }

    /** A mounted ConfigMap: the file is a link into "..data", which is a link to a folder that is replaced as a whole. */
    @Test
    void look_symbolicLinkOfAVolumeTurned_read() throws IOException {
        Path volume = Files.createDirectory(folder.resolve("volume"));
        Path first = Files.createDirectory(volume.resolve("..2026_01"));
        Path second = Files.createDirectory(volume.resolve("..2026_02"));
        Files.writeString(first.resolve("scopegate.yaml"), "one");
        Files.writeString(second.resolve("scopegate.yaml"), "two");
        Path data = Files.createSymbolicLink(volume.resolve("..data"), first.getFileName());
        file = Files.createSymbolicLink(volume.resolve("scopegate.yaml"), Path.of("..data/scopegate.yaml"));
        watch = new ConfigWatch(() -> List.of(file), reloads::incrementAndGet);
        assertThat(reloadsAfter(2)).isZero();

        Files.move(
                Files.createSymbolicLink(volume.resolve("..data_tmp"), second.getFileName()),
                data,
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);

        assertThat(reloadsAfter(3)).isEqualTo(1);
    }

    @Test
    void look_removedAndBackAgain_readBothTimes() throws IOException {
        Files.delete(file);
        assertThat(reloadsAfter(3)).isEqualTo(1);

        Files.writeString(file, "one");
        assertThat(reloadsAfter(3)).isEqualTo(2);
    }

    @Test
    void look_changedWhileItIsRead_readAgain() throws IOException {
        watch = new ConfigWatch(() -> List.of(file), () -> {
            if (reloads.incrementAndGet() == 1) {
                write("three");
            }
        });
        Files.writeString(file, "two");

        assertThat(reloadsAfter(2)).isEqualTo(1);
        assertThat(reloadsAfter(4)).isEqualTo(2);
    }

    @Test
    void look_newVersionNamesAnotherFile_thatOneIsWatchedToo() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "a");
        AtomicInteger named = new AtomicInteger(1);
        watch = new ConfigWatch(() -> List.of(file, secret).subList(0, named.get()), reloads::incrementAndGet);
        Files.writeString(secret, "b");
        assertThat(reloadsAfter(3)).as("not named yet").isZero();

        named.set(2);
        Files.writeString(file, "two");
        assertThat(reloadsAfter(3)).isEqualTo(1);
        Files.writeString(secret, "c");
        assertThat(reloadsAfter(3)).isEqualTo(2);
    }

    private void write(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
