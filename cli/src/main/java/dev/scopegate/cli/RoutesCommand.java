package dev.scopegate.cli;

import dev.scopegate.config.LoadedConfig;
import dev.scopegate.route.RuleListing;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code routes}: the rules in the order in which they are matched, and what is risky about them. */
@Command(
        name = "routes",
        description = "Lists the rules, the most specific first, and warns of what is easily overlooked. Calls no one.",
        mixinStandardHelpOptions = true)
final class RoutesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private ConfigFile file = new ConfigFile();

    /** Made by picocli. */
    RoutesCommand() {}

    @Override
    public Integer call() {
        LoadedConfig loaded = file.builder().check();
        PrintWriter out = command.commandLine().getOut();
        RuleListing.lines(loaded.config(), loaded.locations()).forEach(out::println);
        List<String> warnings = RuleListing.warnings(loaded.config(), loaded.locations());
        if (!warnings.isEmpty()) {
            out.println();
            warnings.forEach(warning -> out.println("warning: " + warning));
        }
        return ExitCodes.GOOD;
    }
}
