package dev.scopegate.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows which handlers nothing protects, instead of a stack trace. */
final class UnprotectedHandlersFailureAnalyzer extends AbstractFailureAnalyzer<UnprotectedHandlersException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnprotectedHandlersException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Add a rule for each to scopegate.routes (with 'access: public' where everybody may come), put @RequireScopes on the"
                        + " handler, or set scopegate.default-access to deny or authenticated. scopegate.coverage=warn only logs this.",
                cause);
    }
}
