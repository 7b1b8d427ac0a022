package dev.scopegate.spring;

import dev.scopegate.config.ConfigException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the mistakes of a configuration instead of a stack trace. */
final class ConfigFailureAnalyzer extends AbstractFailureAnalyzer<ConfigException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConfigException cause) {
        return new FailureAnalysis(
                "Scopegate cannot protect this application, because its configuration has mistakes:"
                        + System.lineSeparator() + System.lineSeparator() + cause.getMessage(),
                "Correct the properties named above; the same keys are valid in scopegate.yaml.",
                cause);
    }
}
