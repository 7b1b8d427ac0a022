package dev.scopegate.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration that no server can be built from. Its message is one line for each mistake, such as
 * {@code scopegate.yaml:14:7: unknown key 'scpoes' in routes[2]; did you mean 'scopes'?}. Holds no secret.
 */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;
    private final String text;

    public ConfigException(List<ConfigProblem> problems, Locations locations) {
        this.text = problems.stream()
                .map(problem -> locations.nearest(problem.path()) + ": " + problem.message())
                .collect(Collectors.joining(System.lineSeparator()));
        this.problems = List.copyOf(problems);
    }

    @Override
    public String getMessage() {
        return text;
    }

    /** The mistakes, in the order of the file. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
