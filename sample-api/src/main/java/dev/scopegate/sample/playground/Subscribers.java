package dev.scopegate.sample.playground;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Those who watch by server-sent events: sixteen at most, each with a queue and a thread of its own, so that a slow one keeps nobody
 * waiting but itself. Safe for concurrent use.
 */
@Component
class Subscribers implements SmartLifecycle {

    private static final int MOST = 16;

    private final JsonMapper json;
    private final Semaphore places = new Semaphore(MOST);
    private final Set<Subscriber> watching = ConcurrentHashMap.newKeySet();
    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(MOST, work -> {
        Thread daemon = new Thread(work, "playground-events-" + number.incrementAndGet());
        daemon.setDaemon(true);
        return daemon;
    });
    private volatile boolean running;

    Subscribers(JsonMapper json) {
        this.json = json;
    }

    /**
     * One more, until it goes away.
     *
     * @throws ErrorResponseException 503 if there are too many already
     */
    SseEmitter subscribe() {
        if (!running || !places.tryAcquire()) {
            throw new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE);
        }
        SseEmitter stream = new SseEmitter(0L);
        Subscriber subscriber = new Subscriber(stream);
        watching.add(subscriber);
        threads.execute(() -> {
            try {
                subscriber.serve();
            } finally {
                watching.remove(subscriber);
                places.release();
            }
        });
        return stream;
    }

    /** Tells all of them, unless there is nobody. Returns at once. */
    void tell(String event, Object data) {
        if (watching.isEmpty()) {
            return;
        }
        Subscriber.Message message = new Subscriber.Message(event, json.writeValueAsString(data));
        watching.forEach(subscriber -> subscriber.tell(message));
    }

    /** How many watch now. */
    int count() {
        return watching.size();
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the web server stops, which waits for requests to end. */
    @Override
    public void stop() {
        running = false;
        watching.forEach(Subscriber::end);
        threads.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
