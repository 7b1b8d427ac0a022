package dev.scopegate.spring;

import dev.scopegate.config.ConfigException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the mistakes of a configuration instead of a stack trace. */
final class ConfigFailureAnalyzer extends AbstractFailureAnalyzer<ConfigException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConfigException cause) {
        return analysis(cause.getMessage(), cause);
    }

    /** Shows mistakes, one in each line, with the places where they are. */
    static FailureAnalysis analysis(String mistakes, Throwable cause) {
        return new FailureAnalysis(
                "Scopegate cannot protect this application, because its configuration has mistakes:"
                        + System.lineSeparator() + System.lineSeparator() + mistakes,
                "Correct what is named above. The keys are the same in scopegate.yaml and, below 'scopegate', in the properties"
                        + " of an application.",
                cause);
    }
}
