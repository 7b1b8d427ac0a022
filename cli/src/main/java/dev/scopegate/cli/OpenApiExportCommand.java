package dev.scopegate.cli;

import dev.scopegate.config.LoadedConfig;
import dev.scopegate.config.OpenApiExport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code openapi export}: a document that says what the rules say. */
@Command(
        name = "export",
        description = "Prints a document with the security that the rules ask for; all else of it stays as it is.",
        mixinStandardHelpOptions = true)
final class OpenApiExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private ConfigFile file = new ConfigFile();

    @Parameters(index = "1", paramLabel = "DOCUMENT", description = "the OpenAPI document, YAML or JSON")
    private Path document = Path.of("");

    /** Made by picocli. */
    OpenApiExportCommand() {}

    @Override
    public Integer call() {
        LoadedConfig loaded = file.builder().check();
        String source = String.valueOf(document.getFileName());
        command.commandLine().getOut().print(OpenApiExport.written(source, text(), new EffectiveRules(loaded)::of));
        command.commandLine().getOut().flush();
        return ExitCodes.GOOD;
    }

    private String text() {
        try {
            return Files.readString(ConfigFile.present(document, command), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new ParameterException(command.commandLine(), document + " cannot be read, or is not UTF-8");
        }
    }
}
