package dev.scopegate.cli;

import dev.scopegate.config.LoadedConfig;
import dev.scopegate.config.OpenApiOperation;
import dev.scopegate.config.OpenApiRoutes;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.model.Mode;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.route.RouteTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code openapi diff}: where rules and a document say different things. */
@Command(
        name = "diff",
        description =
                "Lists operations without a rule, operations whose rule asks for something else, and rules without an"
                        + " operation.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:both say the same",
            "1:they differ, or one of them has mistakes",
            "2:the command line is wrong"
        })
final class OpenApiDiffCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private ConfigFile file = new ConfigFile();

    @Parameters(index = "1", paramLabel = "DOCUMENT", description = "the OpenAPI document, YAML or JSON")
    private Path document = Path.of("");

    /** Made by picocli. */
    OpenApiDiffCommand() {}

    @Override
    public Integer call() {
        LoadedConfig loaded = file.builder().check();
        List<OpenApiOperation> operations =
                OpenApiRoutes.read(ConfigFile.present(document, command)).operations();
        List<String> differences = differences(loaded, operations);
        differences.forEach(command.commandLine().getOut()::println);
        if (differences.isEmpty()) {
            command.commandLine().getOut().println(operations.size() + " operations: no differences");
        }
        return differences.isEmpty() ? ExitCodes.GOOD : ExitCodes.MISTAKES;
    }

    private static List<String> differences(LoadedConfig loaded, List<OpenApiOperation> operations) {
        List<String> differences = new ArrayList<>();
        EffectiveRules rules = new EffectiveRules(loaded);
        Set<String> used = new HashSet<>();
        for (OpenApiOperation operation : operations) {
            RouteRequirement rule = rules.of(operation);
            used.add(rule.route());
            difference(operation, rule).ifPresent(text -> differences.add(operation.place() + ": " + text));
        }
        List<RouteConfig> routes = loaded.config().routes();
        for (int i = 0; i < routes.size(); i++) {
            String route = routes.get(i).route().trim();
            if (!used.contains(route)) {
                differences.add(loaded.locations().nearest("routes[" + i + "]") + ": " + route + ": no operation");
            }
        }
        return differences;
    }

    private static Optional<String> difference(OpenApiOperation operation, RouteRequirement rule) {
        if (operation.problem().isPresent()) {
            return operation.problem();
        }
        if (rule.route().equals(RouteRequirement.NO_RULE)) {
            return Optional.of(operation.route() + ": no rule, so default-access applies: " + rule.summary());
        }
        return operation.agreesWith(rule)
                ? Optional.empty()
                : Optional.of(operation.route() + ": the document says "
                        + operation.rule().map(OpenApiDiffCommand::summary).orElse("nothing") + ", the rule '"
                        + rule.route()
                        + "' says " + rule.summary());
    }

    /** What a document says, in the words in which rules are listed. */
    private static String summary(RouteConfig rule) {
        return RouteTable.requirement(rule, Mode.ENFORCE).summary();
    }
}
