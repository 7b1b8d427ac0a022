package dev.scopegate.sample.playground;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;

/** One break while it goes on: its steps, and the request that counts. Not thread-safe; used for one break. */
final class Trial {

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Wire wire;
    private final List<String> steps = new ArrayList<>();
    private boolean asExpected = true;
    private Wire.Sent request = new Wire.Sent("", "", List.of());
    private Wire.Received answer = new Wire.Received(0, List.of(), "", 0);

    Trial(Wire wire) {
        this.wire = wire;
    }

    /** Something that was done, and is no request. */
    void note(String words) {
        steps.add(words);
    }

    /** Something that has to hold. */
    void check(String words, boolean holds) {
        steps.add(words + (holds ? "" : " - not as expected"));
        asExpected &= holds;
    }

    /** A request on the way, with the status that it has to get. */
    void step(String words, Wire.Sent sent, int status) throws IOException {
        stepWithin(Duration.ZERO, words, sent, status);
    }

    /** A request on the way, again and again until it gets the status, or the time is over. */
    void stepWithin(Duration patience, String words, Wire.Sent sent, int status) throws IOException {
        Wire.Received received = sendWithin(patience, sent, status);
        check(words + ": " + received.status(), received.status() == status);
    }

    /**
     * The good token that came with the request for this break: without it nothing that follows would show anything.
     *
     * @throws Refused 400 if it does not read the contacts
     */
    void good(String token) throws IOException {
        Wire.Received received = wire.send(Request.list(token));
        if (received.status() != HttpStatus.OK.value()) {
            throw Refused.of(
                    HttpStatus.BAD_REQUEST,
                    "This needs a token that reads the contacts; yours gets " + received.status() + ". Get a new one.");
        }
        steps.add("Your token as it is: " + received.status());
    }

    /** The request that counts. */
    void last(Wire.Sent sent) throws IOException {
        request = sent;
        answer = wire.send(sent);
    }

    /** The request that counts, again and again until it gets the status, or the time is over. */
    void lastWithin(Duration patience, Wire.Sent sent, int status) throws IOException {
        request = sent;
        answer = sendWithin(patience, sent, status);
    }

    private Wire.Received sendWithin(Duration patience, Wire.Sent sent, int status) throws IOException {
        long start = System.nanoTime();
        Wire.Received received = wire.send(sent);
        while (received.status() != status && System.nanoTime() - start < patience.toNanos()) {
            pause();
            received = wire.send(sent);
        }
        return received;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    List<String> steps() {
        return List.copyOf(steps);
    }

    boolean asExpected() {
        return asExpected;
    }

    Wire.Sent request() {
        return request;
    }

    Wire.Received answer() {
        return answer;
    }
}
