package dev.scopegate.cli;

import dev.scopegate.config.OpenApiRoutes;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code openapi import}: the rules that a document says. */
@Command(
        name = "import",
        description = "Prints the rules that the security of a document says, as the routes of scopegate.yaml.",
        mixinStandardHelpOptions = true)
final class OpenApiImportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "DOCUMENT", description = "the OpenAPI document, YAML or JSON")
    private Path document = Path.of("");

    /** Made by picocli. */
    OpenApiImportCommand() {}

    @Override
    public Integer call() {
        OpenApiRoutes routes = OpenApiRoutes.read(ConfigFile.present(document, command));
        RouteYaml.of(routes.rules()).forEach(command.commandLine().getOut()::println);
        return ExitCodes.GOOD;
    }
}
