package dev.scopegate.introspection;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Ticker;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.http.BoundedHttpClient;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks an authorization server whether an access token is active.
 *
 * <p>Checks that the answer is one: status 200, {@code application/json}, strict JSON, {@code active} a boolean. Keeps answers
 * for a while, but never beyond the token's {@code exp}; makes one call for all who ask about one token at the same time; has
 * a bound on the calls under way, on the time of each, and on the size of its answer. Keeps digests, not tokens.
 *
 * <p>Does not check what an active token is good for: see {@link Active}. Does not look at the token before it sends it, so its
 * length and characters are the callers' to bound; nor at the endpoint's address, which gets the token and the secret and
 * should be https.
 *
 * <pre>{@code
 * IntrospectionClient client = IntrospectionClient.builder(
 *                 URI.create("https://login.example.com/introspect"), new ClientSecretBasic("contacts-api", secret))
 *         .build();
 * if (client.introspect(token) instanceof Active active) {
 *     Object subject = active.claims().get("sub");
 * }
 * }</pre>
 *
 * <p>Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2">RFC 7662 §2, §4</a>
 */
public final class IntrospectionClient implements AutoCloseable {

    private final String asker;
    private final Duration timeout;
    private final AnswerCache answers;
    private final IntrospectionCalls calls;
    private final FailureLog failures;
    private final Optional<BoundedHttpClient> ownHttp;

    private IntrospectionClient(Builder options) {
        this.ownHttp = options.http.isPresent()
                ? Optional.empty()
                : Optional.of(BoundedHttpClient.builder().build());
        this.asker = options.endpointIdentity.orElse(options.name) + ' ' + options.authentication.clientId();
        this.timeout = options.timeout;
        this.answers = new AnswerCache(options.cache, options.clock, options.ticker);
        this.failures = new FailureLog(options.name);
        this.calls = new IntrospectionCalls(
                options.endpoint,
                options.authentication,
                options.http.or(() -> ownHttp).orElseThrow(),
                options.timeout,
                options.maxConcurrent);
    }

    /**
     * A client of the endpoint at a fixed address.
     *
     * @throws IllegalArgumentException if the address is not {@code http} or {@code https} with a host
     */
    public static Builder builder(URI endpoint, ClientAuthentication authentication) {
        boolean http = "https".equalsIgnoreCase(endpoint.getScheme()) || "http".equalsIgnoreCase(endpoint.getScheme());
        if (!http || endpoint.getHost() == null) {
            throw new IllegalArgumentException("the endpoint is not an http or https address with a host");
        }
        return new Builder(() -> endpoint, Optional.of(endpoint.toString()), authentication).name(endpoint.getHost());
    }

    /** A client of an endpoint whose address is found when it is needed. */
    public static Builder builder(EndpointSource endpoint, ClientAuthentication authentication) {
        return new Builder(endpoint, Optional.empty(), authentication);
    }

    /**
     * The answer for {@code token}, kept or new. Waits no longer than the timeout.
     *
     * @param token the access token, opaque or not, never empty
     * @throws IntrospectionException if there is no answer. If the waiting thread was interrupted, it stays so; the call goes on
     *     for the others who wait
     */
    public IntrospectionResult introspect(String token) throws IntrospectionException {
        try {
            return shared(token).get().get();
        } catch (ExecutionException failed) {
            throw IntrospectionFailures.of(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IntrospectionException(Kind.TIMEOUT, "interrupted while waiting for the answer", interrupted);
        }
    }

    /**
     * The answer for {@code token}, kept or new. Fails with an {@link IntrospectionException}. Cancelling the future ends the
     * waiting, not the call: others may wait for it too. What depends on a new answer runs on the common pool.
     *
     * @param token the access token, opaque or not, never empty
     */
    public CompletableFuture<IntrospectionResult> introspectAsync(String token) {
        CompletableFuture<Outcome> shared = shared(token);
        return shared.isDone() ? shared.thenApply(Outcome::join) : shared.thenApplyAsync(Outcome::join);
    }

    /** How the cache does: hits, misses, evictions, the time of calls. A call that failed counts among the loads as any other. */
    public CacheStats cacheStats() {
        return answers.stats();
    }

    /** Lets no further call begin. Closes the HTTP client, unless it was given. */
    @Override
    public void close() {
        calls.close();
        ownHttp.ifPresent(BoundedHttpClient::close);
    }

    @SuppressWarnings("ReferenceEquality") // Each call is itself and no other.
    private CompletableFuture<Outcome> shared(String token) {
        if (token.isEmpty()) {
            throw new IllegalArgumentException("the token is empty");
        }
        SharedCall mine = new SharedCall();
        SharedCall held = answers.getOrPut(TokenKey.of(asker, token), mine);
        if (held == mine) {
            begin(mine, token);
        }
        return held.outcome();
    }

    /** Sees to it that {@code mine} is finished, in time and in any case. Blocks nowhere. */
    private void begin(SharedCall mine, String token) {
        CompletableFuture<Void> deadline = deadline(mine);
        CompletableFuture<Outcome> unused = calls.start(token)
                .handle(this::outcome)
                .whenComplete((outcome, impossible) -> {
                    mine.finish(outcome);
                    deadline.cancel(false);
                });
    }

    private CompletableFuture<Void> deadline(SharedCall mine) {
        CompletableFuture<Void> deadline =
                new CompletableFuture<Void>().completeOnTimeout(null, timeout.toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture<Void> unused = deadline.thenRun(() -> mine.finish(
                new Outcome.Failed(new IntrospectionException(Kind.TIMEOUT, "no complete answer in time"))));
        return deadline;
    }

    private Outcome outcome(@Nullable IntrospectionResult result, @Nullable Throwable failure) {
        if (result != null) {
            return new Outcome.Answered(result);
        }
        IntrospectionException known = IntrospectionFailures.of(requireNonNull(failure));
        failures.note(known);
        return new Outcome.Failed(known);
    }

    /** Options, each with a default. Not thread-safe. */
    public static final class Builder {

        private final EndpointSource endpoint;
        private final Optional<String> endpointIdentity;
        private final ClientAuthentication authentication;
        private Optional<BoundedHttpClient> http = Optional.empty();
        private Duration timeout = Duration.ofSeconds(2);
        private int maxConcurrent = 64;
        private CacheSettings cache = CacheSettings.defaults();
        private InstantSource clock = Clock.systemUTC();
        private Ticker ticker = Ticker.systemTicker();
        private String name = "introspection";

        private Builder(
                EndpointSource endpoint, Optional<String> endpointIdentity, ClientAuthentication authentication) {
            this.endpoint = endpoint;
            this.endpointIdentity = endpointIdentity;
            this.authentication = authentication;
        }

        /** The HTTP client to use, which stays the caller's to close; default: one of its own. */
        public Builder http(BoundedHttpClient client) {
            this.http = Optional.of(client);
            return this;
        }

        /** How long an introspection may take, from looking the endpoint up to the last byte of the answer; positive, default 2 s. */
        public Builder timeout(Duration wholeExchange) {
            if (wholeExchange.isNegative() || wholeExchange.isZero()) {
                throw new IllegalArgumentException("timeout is not positive: " + wholeExchange);
            }
            this.timeout = wholeExchange;
            return this;
        }

        /** How many calls may be under way at once, at least 1; default 64. One more fails at once. */
        public Builder maxConcurrent(int calls) {
            if (calls < 1) {
                throw new IllegalArgumentException("maxConcurrent is not positive: " + calls);
            }
            this.maxConcurrent = calls;
            return this;
        }

        /** For how long answers are kept; default {@link CacheSettings#defaults}. */
        public Builder cache(CacheSettings settings) {
            this.cache = settings;
            return this;
        }

        /** The wall clock, by which a token expires; default: the system's. */
        public Builder clock(InstantSource source) {
            this.clock = source;
            return this;
        }

        /** The monotonic clock, by which answers grow old; default: the system's. */
        public Builder ticker(Ticker source) {
            this.ticker = source;
            return this;
        }

        /** What the endpoint is called in logs; default its host, if its address is fixed. */
        public Builder name(String shown) {
            this.name = shown;
            return this;
        }

        /** A client; close it in the end. */
        public IntrospectionClient build() {
            return new IntrospectionClient(this);
        }
    }
}
