package dev.scopegate.cli;

import dev.scopegate.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command {@code scopegate}. */
@Command(
        name = "scopegate",
        description = "Checks and explains a configuration of Scopegate, without a server.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CheckCommand.class, RoutesCommand.class, ExplainCommand.class, OpenApiCommand.class})
public final class Main {

    /** Made by picocli. */
    Main() {}

    /** Runs a command and ends this process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::refuse)
                .setExecutionExceptionHandler(Main::report);
    }

    private static int refuse(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println(wrong.getMessage());
        command.getErr().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCodes.USAGE;
    }

    private static int report(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof ConfigException mistakes) {
            command.getErr().println(mistakes.getMessage());
            return ExitCodes.MISTAKES;
        }
        throw failure;
    }

    /** The version that the jar's manifest says. */
    static final class Version implements IVersionProvider {

        Version() {}

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"scopegate " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
