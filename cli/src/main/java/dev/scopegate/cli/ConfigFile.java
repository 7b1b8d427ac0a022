package dev.scopegate.cli;

import dev.scopegate.ResourceServer;
import dev.scopegate.ResourceServerBuilder;
import dev.scopegate.config.ConfigSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The argument that names {@code scopegate.yaml}. */
final class ConfigFile {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "the configuration, such as scopegate.yaml")
    private Path file = Path.of("");

    /** Made by picocli. */
    ConfigFile() {}

    /** The file, which is there. */
    Path path() {
        return present(file, command);
    }

    /** A builder that reads the file. */
    ResourceServerBuilder builder() {
        return ResourceServer.builder(ConfigSource.of(path())).meterRegistry(new SimpleMeterRegistry());
    }

    /** The file, unless there is none: then the command line is wrong. */
    static Path present(Path file, CommandSpec command) {
        if (Files.isDirectory(file)) {
            throw new ParameterException(command.commandLine(), file + " is a folder; name the file in it");
        }
        if (!Files.exists(file)) {
            throw new ParameterException(command.commandLine(), file + " does not exist");
        }
        return file;
    }
}
