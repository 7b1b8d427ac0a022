package dev.scopegate.introspection;

import static java.util.Objects.requireNonNull;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.IntrospectionListener.Ended;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls that are under way: one for all who ask about one token at the same time. Those who wait get their answer, or a
 * failure, when the time is up at the latest. The call itself may end later; until then it has its place, and its answer is
 * kept unless the same was asked again meanwhile. Safe for concurrent use.
 */
final class SharedCalls implements AutoCloseable {

    private final ConcurrentMap<TokenDigest, Call> underWay = new ConcurrentHashMap<>();
    private final IntrospectionCalls calls;
    private final EndpointGuard guard;
    private final AnswerCache answers;
    private final CallThreads threads;
    private final Duration timeout;
    private final IntrospectionListener listener;
    private volatile boolean closed;

    SharedCalls(
            IntrospectionCalls calls,
            EndpointGuard guard,
            AnswerCache answers,
            CallThreads threads,
            Duration timeout,
            IntrospectionListener listener) {
        this.calls = calls;
        this.guard = guard;
        this.answers = answers;
        this.threads = threads;
        this.timeout = timeout;
        this.listener = listener;
    }

    /**
     * The call about {@code token} that is under way, or one that begins now. Blocks nowhere.
     *
     * @param answered looks once more whether somebody else's call has just ended with an answer that will do
     */
    CompletableFuture<Outcome> join(TokenDigest key, String token, Supplier<Optional<Outcome>> answered) {
        if (closed) {
            return CompletableFuture.completedFuture(closedOutcome());
        }
        Call mine = new Call(key);
        // Looked at in here, so that nobody who wants an answer of now joins a call that ends with a kept one.
        Call current = underWay.compute(
                key,
                (same, before) -> before != null && !before.outcome.isDone() ? before : mine.unless(answered.get()));
        if (current == null) {
            return mine.outcome;
        }
        if (current == mine) {
            begin(mine, token);
        }
        return current.outcome;
    }

    private void begin(Call call, String token) {
        EndpointGuard.Leave leave;
        try {
            leave = guard.enter(answers.wasActive(call.key));
        } catch (IntrospectionException notNow) {
            listener.ended(ended(notNow.kind()), Duration.ZERO);
            call.end(new Outcome.Failed(notNow));
            return;
        }
        long startedAt = System.nanoTime();
        // First of all, so that nobody waits for ever, whatever happens to the call.
        Runnable stopWatch = threads.after(timeout, () -> call.isLate(leave));
        CompletableFuture<IntrospectionResult> unused = calls.start(token).whenComplete((result, failure) -> {
            call.hasEnded(outcome(result, failure), leave, Duration.ofNanos(System.nanoTime() - startedAt));
            stopWatch.run();
        });
    }

    private static Outcome outcome(@Nullable IntrospectionResult result, @Nullable Throwable failure) {
        return result != null
                ? new Outcome.Answered(result)
                : new Outcome.Failed(IntrospectionFailures.of(requireNonNull(failure)));
    }

    private static Ended ended(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return ended(failed.failure().kind());
        }
        return ((Outcome.Answered) outcome).result() instanceof Active ? Ended.ACTIVE : Ended.INACTIVE;
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

    private static Outcome closedOutcome() {
        return new Outcome.Failed(
                new IntrospectionException(Kind.ENDPOINT_UNAVAILABLE, "the introspection client is closed"));
    }

    /** Lets no call begin any more. Whoever still waits gets a failure now. */
    @Override
    public void close() {
        closed = true;
        underWay.values().forEach(call -> call.outcome.complete(closedOutcome()));
    }

    /** One call. It stays among those under way until it has really ended, or the same is asked again after its time was up. */
    private final class Call {

        private final TokenDigest key;
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private final AtomicBoolean told = new AtomicBoolean();

        Call(TokenDigest key) {
            this.key = key;
        }

        /** This call, to be made; or none, ended by an answer that has come meanwhile. */
        @Nullable
        Call unless(Optional<Outcome> answered) {
            answered.ifPresent(outcome::complete);
            return outcome.isDone() ? null : this;
        }

        /** The time is up for all who wait, and for the endpoint: a probe that hangs must not keep others from probing. */
        void isLate(EndpointGuard.Leave leave) {
            tell(
                    new Outcome.Failed(new IntrospectionException(Kind.TIMEOUT, "no complete answer in time")),
                    leave,
                    timeout);
        }

        /** The answer is kept before the call leaves, so that whoever finds no call finds the answer. */
        void hasEnded(Outcome how, EndpointGuard.Leave leave, Duration took) {
            try {
                if (how instanceof Outcome.Answered known) {
                    keep(known.result());
                }
            } finally {
                leave.close();
                tell(how, leave, took);
                end(how);
            }
        }

        /** A late answer does not replace the one to a later question, which may be a revocation. */
        private void keep(IntrospectionResult result) {
            underWay.computeIfPresent(key, (same, current) -> {
                if (current == this) {
                    answers.put(key, result);
                }
                return current;
            });
        }

        private void tell(Outcome how, EndpointGuard.Leave leave, Duration took) {
            if (!told.compareAndSet(false, true)) {
                return;
            }
            if (how instanceof Outcome.Failed failed) {
                leave.failed(failed.failure(), took);
                if (failed.failure().kind() == Kind.REFUSED_CLIENT) {
                    calls.refused();
                }
            } else {
                leave.answered(took);
            }
            listener.ended(ended(how), took);
            outcome.complete(how);
        }

        void end(Outcome how) {
            underWay.remove(key, this);
            outcome.complete(how);
        }
    }
}
