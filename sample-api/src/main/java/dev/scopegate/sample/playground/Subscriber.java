package dev.scopegate.sample.playground;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One who watches. Its queue is bounded: what it is too slow for is dropped, the oldest first, and counted. Safe for concurrent use. */
final class Subscriber {

    private static final int LONGEST_QUEUE = 256;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final SseEmitter stream;
    private final Deque<Message> queue = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private long dropped;
    private boolean ended;

    Subscriber(SseEmitter stream) {
        this.stream = stream;
        stream.onCompletion(this::end);
        stream.onError(failed -> end());
    }

    /**
     * An event.
     *
     * @param data one line of JSON
     */
    record Message(String event, String data) {}

    /** Queues a message. Returns at once. */
    void tell(Message message) {
        lock.lock();
        try {
            if (queue.size() == LONGEST_QUEUE) {
                queue.removeFirst();
                dropped++;
            }
            queue.addLast(message);
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    /** No more messages. */
    void end() {
        lock.lock();
        try {
            ended = true;
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Sends what is queued, until the reader is gone or it is {@link #end}. */
    void serve() {
        try {
            stream.send(SseEmitter.event().comment("the decisions of the API"));
            while (!isEnded()) {
                send(next());
            }
            stream.complete();
        } catch (IOException | IllegalStateException gone) {
            // The reader closed its page; nobody is left to tell.
            end();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            stream.complete();
        }
    }

    private void send(Optional<Message> message) throws IOException {
        if (message.isPresent()) {
            stream.send(SseEmitter.event()
                    .name(message.get().event())
                    .data(message.get().data()));
        } else {
            stream.send(SseEmitter.event().comment("still here"));
        }
    }

    private boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** The next message; empty after a while of silence. What was dropped is told before what is left. */
    private Optional<Message> next() throws InterruptedException {
        lock.lock();
        try {
            long left = HEARTBEAT.toNanos();
            while (queue.isEmpty() && !ended && left > 0) {
                left = something.awaitNanos(left);
            }
            if (dropped > 0) {
                Message loss = new Message("dropped", "{\"count\":" + dropped + "}");
                dropped = 0;
                return Optional.of(loss);
            }
            return Optional.ofNullable(queue.pollFirst());
        } finally {
            lock.unlock();
        }
    }
}
