package dev.scopegate.introspection.http;

import java.util.function.BiConsumer;

/**
 * Is told of each exchange of a {@link BoundedHttpClient}, and may send header fields along, such as {@code traceparent}. It sees
 * no address, no token and no credentials, and cannot change what is sent besides.
 *
 * <p>Called from many threads at once, with the exchange waiting: returns at once. What it throws is logged at DEBUG and changes
 * nothing.
 *
 * @see BoundedHttpClient#toldTo
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
@FunctionalInterface
public interface ExchangeListener {

    /** One that hears nothing. */
    ExchangeListener NONE = (errand, method, fields) -> Course.UNHEARD;

    /**
     * An exchange begins, on this thread.
     *
     * @param method {@code GET} or {@code POST}
     * @param fields takes names and values of further header fields; up to 16, of visible ASCII and spaces, at most 512 characters
     *     each. Others, and those that the exchange has itself, are left out
     * @return who is told how the exchange goes on
     */
    Course begins(Errand errand, String method, BiConsumer<String, String> fields);

    /**
     * Work for another thread, done on behalf of whoever calls this: exchanges that begin there count as begun here.
     *
     * @return work that does {@code work} once, whatever else it does
     */
    default Runnable onBehalfOfCaller(Runnable work) {
        return work;
    }

    /** How one exchange goes on. Told once, perhaps on another thread, before the one who waits has the answer. */
    interface Course {

        /** One that is of no interest. */
        Course UNHEARD = new Course() {
            @Override
            public void answered(int status) {
                // Nobody listens.
            }

            @Override
            public void failed(ExchangeFailure why) {
                // Nobody listens.
            }
        };

        /** The answer is complete, with this status. */
        void answered(int status);

        /** There is no complete answer. */
        void failed(ExchangeFailure why);
    }
}
