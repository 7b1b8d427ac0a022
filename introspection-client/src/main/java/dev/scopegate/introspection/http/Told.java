package dev.scopegate.introspection.http;

import dev.scopegate.introspection.http.ExchangeListener.Course;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener of one exchange: how it ended only once, and without being harmed by it. Safe for concurrent use. */
final class Told {

    private static final Logger LOG = LoggerFactory.getLogger(BoundedHttpClient.class);

    /** What a W3C {@code tracestate} may have. A caller chooses that of his request, and each of our requests would carry it. */
    private static final int LONGEST_VALUE = 512;

    private static final int MOST_FIELDS = 16;

    private final Course course;
    private final AtomicBoolean ended = new AtomicBoolean();

    private Told(Course course) {
        this.course = course;
    }

    /** Says that {@code request} begins; what the listener sends along is added to it. */
    static Told beginning(HttpRequest.Builder request, ExchangeListener listener, Errand errand) {
        HttpRequest own = request.build();
        try {
            return new Told(listener.begins(errand, own.method(), new Fields(request, own.headers())));
        } catch (RuntimeException broken) {
            log(broken);
            return new Told(Course.UNHEARD);
        }
    }

    void answered(int status) {
        once(told -> told.answered(status));
    }

    void failed(Throwable failure) {
        once(told -> told.failed(Failures.kindOf(failure)));
    }

    private void once(Consumer<Course> how) {
        if (ended.compareAndSet(false, true)) {
            try {
                how.accept(course);
            } catch (RuntimeException broken) {
                log(broken);
            }
        }
    }

    private static void log(RuntimeException broken) {
        LOG.debug("A listener to exchanges failed: {}", broken.getClass().getName());
    }

    /** The fields that are sent along. Not thread-safe. */
    private static final class Fields implements BiConsumer<String, String> {

        private final HttpRequest.Builder request;
        private final HttpHeaders own;
        private int left = MOST_FIELDS;

        Fields(HttpRequest.Builder request, HttpHeaders own) {
            this.request = request;
            this.own = own;
        }

        @Override
        public void accept(String name, String value) {
            // Ours stay as they are: among them are the credentials.
            if (left > 0
                    && value.length() <= LONGEST_VALUE
                    && Requests.isFieldValue(value)
                    && own.firstValue(name).isEmpty()) {
                left--;
                try {
                    request.setHeader(name, value);
                } catch (IllegalArgumentException notSent) {
                    log(notSent);
                }
            }
        }
    }
}
