package dev.scopegate.sample.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SubscriberTest {

    /** A browser that reads nothing until it is told to. */
    private static final class SlowReader extends SseEmitter {

        private final CountDownLatch reading = new CountDownLatch(1);
        private final List<String> read = new CopyOnWriteArrayList<>();

        @Override
        public void send(SseEventBuilder builder) throws IOException {
            try {
                reading.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            read.add(builder.build().stream()
                    .map(part -> String.valueOf(part.getData()))
                    .collect(Collectors.joining()));
        }
    }

    @Test
    void tell_aReaderThatDoesNotRead_returnsAtOnceAndDropsTheOldest() throws InterruptedException {
        SlowReader reader = new SlowReader();
        Subscriber subscriber = new Subscriber(reader);
        Thread serving = new Thread(subscriber::serve);
        serving.start();
        for (int i = 1; i <= 1000; i++) {
            subscriber.tell(new Subscriber.Message("decision", "<" + i + ">"));
        }

        subscriber.tell(new Subscriber.Message("decision", "<last>"));
        reader.reading.countDown();
        while (reader.read.stream().noneMatch(event -> event.contains("<last>"))) {
            Thread.onSpinWait();
        }
        subscriber.end();
        serving.join();

        assertThat(reader.read).anyMatch(event -> event.contains("dropped") && event.contains("{\"count\":745}"));
        assertThat(reader.read).noneMatch(event -> event.contains("<745>"));
        assertThat(reader.read).anyMatch(event -> event.contains("<746>"));
    }

    @Test
    void tell_aReaderThatReads_dropsNothing() throws InterruptedException {
        SlowReader reader = new SlowReader();
        reader.reading.countDown();
        Subscriber subscriber = new Subscriber(reader);
        for (int i = 1; i <= 256; i++) {
            subscriber.tell(new Subscriber.Message("decision", "<" + i + ">"));
        }
        Thread serving = new Thread(subscriber::serve);
        serving.start();
        while (reader.read.stream().noneMatch(event -> event.contains("<256>"))) {
            Thread.onSpinWait();
        }
        subscriber.end();
        serving.join();

        assertThat(reader.read).noneMatch(event -> event.contains("dropped"));
        assertThat(reader.read).anyMatch(event -> event.contains("<1>"));
    }
}
