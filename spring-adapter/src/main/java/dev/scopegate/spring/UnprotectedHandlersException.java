package dev.scopegate.spring;

import java.util.List;
import java.util.stream.Collectors;

/** There are handlers that nothing protects; all handlers are listed with their rules, and the gaps are marked. */
public final class UnprotectedHandlersException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    UnprotectedHandlersException(List<HandlerCoverage.Finding> findings) {
        super(text(findings));
    }

    static String text(List<HandlerCoverage.Finding> findings) {
        return "There are handlers that nothing protects:"
                + System.lineSeparator()
                + findings.stream().map(finding -> "  " + finding).collect(Collectors.joining(System.lineSeparator()));
    }
}
