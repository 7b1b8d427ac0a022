package dev.scopegate.sample.demo;

import java.io.IOException;

/**
 * One thing that the tour does.
 *
 * @param title what, in a few words
 * @param expected what has to come of it, such as {@code 401 invalid_token}
 * @param action does it, and says what came of it in the same words
 */
record Step(String title, String expected, Action action) {

    /** Something that is done over HTTP. */
    @FunctionalInterface
    interface Action {

        /** Does it. */
        String run() throws IOException;
    }

    /** What was seen of a step. */
    record Seen(String title, String expected, String actual) {

        boolean asExpected() {
            return expected.equals(actual);
        }
    }

    /** Does it. What fails is seen too, and is not as expected. */
    Seen take() {
        try {
            return new Seen(title, expected, action.run());
        } catch (IOException | RuntimeException failed) {
            // Whatever goes wrong is what the tour is there to show; the text may quote an answer, so only the kind is
            // told.
            return new Seen(title, expected, "failed: " + failed.getClass().getSimpleName());
        }
    }
}
