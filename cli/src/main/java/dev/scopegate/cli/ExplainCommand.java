package dev.scopegate.cli;

import dev.scopegate.ResourceServer;
import dev.scopegate.ResourceServerBuilder;
import dev.scopegate.config.LoadedConfig;
import dev.scopegate.model.Decision;
import dev.scopegate.model.Explanation;
import dev.scopegate.model.Mode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code explain}: what becomes of one request, and why. */
@Command(
        name = "explain",
        description = {
            "Says what would become of a request and why: the rule, each check with what was expected and what was there,"
                    + " and what the client would get. Decides by the code that judges requests, with the issuer's keys.",
            "The token is never printed."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the request would go on",
            "1:the configuration has mistakes",
            "2:the command line is wrong",
            "3:the request would be refused",
            "4:nobody can decide now, for an issuer cannot be reached"
        })
final class ExplainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private ConfigFile file = new ConfigFile();

    @Option(
            names = "--route",
            required = true,
            paramLabel = "REQUEST",
            description = "method and path, relative to the context path, such as \"DELETE /contacts/7\"")
    private String route = "";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "a file that holds the access token, or - for the standard input; without it the request has none")
    private Optional<String> tokenFile = Optional.empty();

    /** Made by picocli. */
    ExplainCommand() {}

    @Override
    public Integer call() {
        GivenRequest request = GivenRequest.of(route, command);
        List<String> authorization = tokenFile.stream()
                .map(name -> "Bearer " + TokenFile.read(name, command))
                .toList();
        ResourceServerBuilder builder = file.builder();
        LoadedConfig loaded = builder.check();
        try (ResourceServer server = builder.build()) {
            Explanation explanation = server.explain(request.snapshot(authorization));
            new ExplanationPrinter(command.commandLine().getOut(), loaded).print(request, explanation);
            return exitCode(explanation.decision());
        }
    }

    private static int exitCode(Decision decision) {
        if (decision instanceof Decision.Permitted || decision.requirement().mode() == Mode.SHADOW) {
            return ExitCodes.GOOD;
        }
        return decision instanceof Decision.Refused ? ExitCodes.REFUSED : ExitCodes.UNDECIDED;
    }
}
