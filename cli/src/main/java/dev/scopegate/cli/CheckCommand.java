package dev.scopegate.cli;

import dev.scopegate.config.LoadedConfig;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code check}: the mistakes that would keep an application from starting. */
@Command(
        name = "check",
        description = "Says what is wrong with a configuration, as an application would at its start. Calls no one.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private ConfigFile file = new ConfigFile();

    /** Made by picocli. */
    CheckCommand() {}

    @Override
    public Integer call() {
        LoadedConfig loaded = file.builder().check();
        PrintWriter out = command.commandLine().getOut();
        loaded.placedWarnings().forEach(warning -> out.println("warning: " + warning));
        out.println(loaded.locations().source() + ": "
                + counted(loaded.config().issuers().size(), "issuer") + ", "
                + counted(loaded.config().routes().size(), "route") + ": no problems");
        return ExitCodes.GOOD;
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
