package dev.scopegate.introspection.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Collects the body of one answer, and gives it up when it is too large, encoded, or no longer wanted: then the
 * subscription is cancelled, which closes the connection instead of reading on.
 *
 * <p>One instance serves one attempt. The flow calls it from one thread at a time; {@link #abandon} may come from any.
 */
final class BoundedBody implements BodyHandler<byte[]>, BodySubscriber<byte[]> {

    private final String host;
    private final int maxBytes;
    private final CompletableFuture<byte[]> collected = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private volatile Optional<Subscription> subscription = Optional.empty();
    private volatile boolean begun;

    BoundedBody(String host, int maxBytes) {
        this.host = host;
        this.maxBytes = maxBytes;
    }

    /** Whether any answer has begun to arrive. */
    boolean hasBegun() {
        return begun;
    }

    @Override
    public BodySubscriber<byte[]> apply(ResponseInfo info) {
        begun = true;
        if (AnswerHeaders.isEncoded(info.headers())) {
            // None was asked for; a few kilobytes of gzip can unfold to gigabytes.
            collected.completeExceptionally(new ProtocolException(host + " answered in an encoding not asked for"));
        } else if (AnswerHeaders.isOfUnclearLength(info.headers())) {
            collected.completeExceptionally(new ProtocolException(host + " gave an answer of unclear length"));
        } else if (info.headers().firstValueAsLong("Content-Length").orElse(0) > maxBytes) {
            collected.completeExceptionally(new ResponseTooLargeException(host, maxBytes));
        }
        return this;
    }

    /** Stops reading. Has no effect once the body is complete. */
    void abandon(IOException reason) {
        collected.completeExceptionally(reason);
        subscription.ifPresent(Subscription::cancel);
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = Optional.of(given);
        if (collected.isDone()) {
            given.cancel();
        } else {
            given.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (collected.isDone()) {
                return;
            }
            if (buffer.remaining() > maxBytes - bytes.size()) {
                abandon(new ResponseTooLargeException(host, maxBytes));
                return;
            }
            byte[] chunk = new byte[buffer.remaining()];
            buffer.get(chunk);
            bytes.writeBytes(chunk);
        }
    }

    @Override
    public void onError(Throwable failure) {
        collected.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        collected.complete(bytes.toByteArray());
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return collected;
    }
}
