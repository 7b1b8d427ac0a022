package dev.scopegate.cli;

import picocli.CommandLine.Command;

/** {@code openapi}: rules and the {@code security} of an OpenAPI document. */
@Command(
        name = "openapi",
        description =
                "Compares rules with the security of an OpenAPI document (3.0 or 3.1), and turns one into the other.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {OpenApiImportCommand.class, OpenApiExportCommand.class, OpenApiDiffCommand.class})
final class OpenApiCommand {

    /** Made by picocli. */
    OpenApiCommand() {}
}
