package dev.scopegate.config;

import org.snakeyaml.engine.v2.nodes.Node;

/** What is wrong at one place of an OpenAPI document. Ends the reading of an operation, or of all if it is outside of one. */
final class OpenApiMistake extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String place;

    /**
     * A mistake.
     *
     * @param message what is wrong and what would be right, in one sentence
     */
    OpenApiMistake(Node at, String message) {
        super(message);
        this.place = YamlText.place(at);
    }

    /** Line and column, such as {@code 14:7}. */
    String place() {
        return place;
    }

    /** What is wrong. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
