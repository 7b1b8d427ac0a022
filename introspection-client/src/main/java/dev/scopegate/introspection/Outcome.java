package dev.scopegate.introspection;

import java.util.concurrent.CompletionException;

/** How a call ended, as a value: it is shared by all who waited for it, and an outage has thousands of them. Immutable. */
sealed interface Outcome {

    /** The result, or the failure as a new exception of the one who asks. */
    IntrospectionResult get() throws IntrospectionException;

    /** The same within a {@link java.util.concurrent.CompletableFuture}. */
    default IntrospectionResult join() {
        try {
            return get();
        } catch (IntrospectionException failure) {
            throw new CompletionException(failure);
        }
    }

    /** The endpoint answered. */
    record Answered(IntrospectionResult result) implements Outcome {
        @Override
        public IntrospectionResult get() {
            return result;
        }
    }

    /** There is no answer. */
    record Failed(IntrospectionException failure) implements Outcome {
        @Override
        public IntrospectionResult get() throws IntrospectionException {
            throw new IntrospectionException(failure);
        }
    }
}
