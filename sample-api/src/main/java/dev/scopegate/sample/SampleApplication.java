package dev.scopegate.sample;

import dev.scopegate.sample.demo.Demo;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Starts the {@link Sample} from the command line and prints where to go and what to type; or shows all of it by itself. */
public final class SampleApplication {

    private static final String DEMO = "--demo";

    private SampleApplication() {}

    /**
     * Runs until the process is told to stop. Exit code 1, with one line on standard error, if a port is taken.
     *
     * <p>With {@code --demo}, on any free ports unless told otherwise, takes the whole tour instead and ends: exit code 0 only if
     * every answer was as expected.
     *
     * @param arguments as {@link Sample#start} takes them
     */
    public static void main(String[] arguments) {
        try {
            if (List.of(arguments).contains(DEMO)) {
                System.exit(demo(arguments) ? 0 : 1);
            }
            Sample sample = Sample.start(arguments);
            Runtime.getRuntime().addShutdownHook(new Thread(sample::close, "sample-shutdown"));
            System.out.println(Welcome.to(sample));
        } catch (CannotStartException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static boolean demo(String... arguments) {
        // The tour refuses much and stops a server, as it should: what both servers log of that is no news.
        Stream.of("root", "dev.scopegate").forEach(name -> System.setProperty("logging.level." + name, "error"));
        try (Sample sample = Sample.start(anywhere(arguments))) {
            System.out.println("The tour of the sample at " + sample.api() + ", with its own authorization server at "
                    + sample.authorizationServer());
            return new Demo(System.out, isTerminal()).run(sample.api());
        }
    }

    /** Any free ports, so that the tour can be taken beside a running sample; but those that were asked for. */
    private static String[] anywhere(String... arguments) {
        Stream<String> ports = Stream.of("--server.port=", "--authorization-server.port=")
                .filter(option -> Stream.of(arguments).noneMatch(argument -> argument.startsWith(option)))
                .map(option -> option + "0");
        return Stream.concat(ports, Stream.of(arguments).filter(argument -> !argument.equals(DEMO)))
                .toArray(String[]::new);
    }

    private static boolean isTerminal() {
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).dumb(true).build()) {
            return !terminal.getType().startsWith(Terminal.TYPE_DUMB);
        } catch (IOException e) {
            return false;
        }
    }
}
