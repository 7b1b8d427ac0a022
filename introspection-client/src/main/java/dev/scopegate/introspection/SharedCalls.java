package dev.scopegate.introspection;

import static java.util.Objects.requireNonNull;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.IntrospectionListener.Ended;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls that are under way: one for all who ask about one token at the same time. Safe for concurrent use.
 */
final class SharedCalls {

    private final ConcurrentMap<TokenKey, CompletableFuture<Outcome>> underWay = new ConcurrentHashMap<>();
    private final IntrospectionCalls calls;
    private final EndpointGuard guard;
    private final AnswerCache answers;
    private final Duration timeout;
    private final IntrospectionListener listener;

    SharedCalls(
            IntrospectionCalls calls,
            EndpointGuard guard,
            AnswerCache answers,
            Duration timeout,
            IntrospectionListener listener) {
        this.calls = calls;
        this.guard = guard;
        this.answers = answers;
        this.timeout = timeout;
        this.listener = listener;
    }

    /**
     * The call about {@code token} that is under way, or one that begins now. Blocks nowhere.
     *
     * @param answered looks once more whether somebody else's call has just ended with an answer that will do
     */
    CompletableFuture<Outcome> join(TokenKey key, String token, Supplier<Optional<Outcome>> answered) {
        CompletableFuture<Outcome> mine = new CompletableFuture<>();
        CompletableFuture<Outcome> others = underWay.putIfAbsent(key, mine);
        if (others != null) {
            return others;
        }
        Optional<Outcome> meanwhile = answered.get();
        if (meanwhile.isPresent()) {
            end(key, mine, meanwhile.get());
        } else {
            begin(key, token, mine);
        }
        return mine;
    }

    /** Sees to it that {@code mine} is finished, in time and in any case. */
    private void begin(TokenKey key, String token, CompletableFuture<Outcome> mine) {
        long startedAt = System.nanoTime();
        EndpointGuard.Leave leave;
        try {
            leave = guard.enter(answers.wasActive(key));
        } catch (IntrospectionException notNow) {
            listener.ended(ended(notNow.kind()), Duration.ZERO);
            end(key, mine, new Outcome.Failed(notNow));
            return;
        }
        CompletableFuture<Void> deadline =
                new CompletableFuture<Void>().completeOnTimeout(null, timeout.toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture<Void> unused = deadline.thenRun(() -> end(
                key, mine, new Outcome.Failed(new IntrospectionException(Kind.TIMEOUT, "no complete answer in time"))));
        // The leave is given back when the call has really ended, though nobody may wait for it any more.
        CompletableFuture<IntrospectionResult> unusedEither = calls.start(token).whenComplete((result, failure) -> {
            Outcome outcome = outcome(result, failure);
            note(outcome, leave, Duration.ofNanos(System.nanoTime() - startedAt));
            leave.close();
            if (outcome instanceof Outcome.Answered known) {
                answers.put(key, known.result());
            }
            end(key, mine, outcome);
            deadline.cancel(false);
        });
    }

    /** The answer is kept before the call ends, so that whoever finds no call finds the answer. */
    private void end(TokenKey key, CompletableFuture<Outcome> mine, Outcome outcome) {
        underWay.remove(key, mine);
        mine.complete(outcome);
    }

    private static Outcome outcome(@Nullable IntrospectionResult result, @Nullable Throwable failure) {
        return result != null
                ? new Outcome.Answered(result)
                : new Outcome.Failed(IntrospectionFailures.of(requireNonNull(failure)));
    }

    private void note(Outcome outcome, EndpointGuard.Leave leave, Duration took) {
        if (outcome instanceof Outcome.Failed failed) {
            if (failed.failure().kind() == Kind.REFUSED_CLIENT) {
                calls.refused();
            }
            leave.failed(failed.failure(), took);
            listener.ended(ended(failed.failure().kind()), took);
        } else {
            leave.answered(took);
            boolean active = ((Outcome.Answered) outcome).result() instanceof Active;
            listener.ended(active ? Ended.ACTIVE : Ended.INACTIVE, took);
        }
    }

    private static Ended ended(Kind kind) {
        return switch (kind) {
            case ENDPOINT_UNAVAILABLE -> Ended.UNAVAILABLE;
            case TIMEOUT -> Ended.TIMEOUT;
            case REFUSED_CLIENT -> Ended.REFUSED_CLIENT;
            case MALFORMED_ANSWER -> Ended.MALFORMED;
            case OVERLOADED -> Ended.OVERLOADED;
            case RESTING -> Ended.RESTING;
        };
    }
}
