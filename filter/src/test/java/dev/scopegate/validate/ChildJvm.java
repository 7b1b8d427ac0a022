package dev.scopegate.validate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main class of the tests in a Java machine of its own, with options that this one does not have. */
final class ChildJvm {

    /**
     * How it ended.
     *
     * @param text what it wrote, errors included
     */
    record End(int exit, String text) {}

    private ChildJvm() {}

    static End run(Class<?> main, List<String> options, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String text = new String(child.getInputStream().readAllBytes(), UTF_8);
            return new End(child.waitFor(), text);
        } finally {
            child.destroyForcibly();
        }
    }
}
