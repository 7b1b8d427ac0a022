package dev.scopegate.introspection;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.authentication.ClientAuthentication;
import dev.scopegate.introspection.http.BoundedHttpClient;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Asks an authorization server whether an access token is active.
 *
 * <p>Checks that the answer is one: status 200, {@code application/json}, strict JSON (or a signed JWT with such within: see
 * {@link SignedAnswers}). A token is active if {@code active} is the boolean true, and in no other case. Keeps answers
 * for a while, but never beyond the token's {@code exp}; makes one call for all who ask about one token at the same time; has
 * a bound on the calls under way, on the time of each, and on the size of its answer. Leaves an endpoint alone for a while that
 * fails too often or asks for it ({@link IntrospectionException.Kind#RESTING}); {@link #status} shows that. Keeps digests, not
 * tokens.
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

    private final TokenDigest.Maker keys;
    private final AnswerCache answers;
    private final EndpointGuard guard;
    private final CallThreads threads = new CallThreads();
    private final SharedCalls shared;
    private final IntrospectionListener listener;
    private final Optional<BoundedHttpClient> ownHttp;

    IntrospectionClient(IntrospectionClientBuilder options) {
        this.ownHttp = options.http.isPresent()
                ? Optional.empty()
                : Optional.of(BoundedHttpClient.builder().build());
        this.listener = new QuietListener(options.listener);
        this.keys = new TokenDigest.Maker(
                options.endpointIdentity.orElse(options.name) + ' ' + options.authentication.clientId());
        this.answers = new AnswerCache(options.cache, options.clock, options.ticker, listener::evicted);
        FailureLog log = new FailureLog(options.name, options.ticker);
        this.guard = new EndpointGuard(
                options.name, options.maxConcurrent, forStrangers(options), options.ticker, options.jitter, log);
        IntrospectionCalls calls = new IntrospectionCalls(
                options.manner(), threads, options.http.or(() -> ownHttp).orElseThrow(), options.clock, log);
        this.shared = new SharedCalls(calls, guard, answers, threads, options.timeout, listener);
    }

    /** A flood of garbage leaves a quarter of the places to tokens that are in use, where answers are kept that tell which. */
    private static int forStrangers(IntrospectionClientBuilder options) {
        return options.cache.remembersActive()
                ? Math.max(1, (int) (options.maxConcurrent * 3L / 4))
                : options.maxConcurrent;
    }

    /**
     * A client of the endpoint at a fixed address.
     *
     * @throws IllegalArgumentException if the address is not {@code http} or {@code https} with a host
     */
    public static IntrospectionClientBuilder builder(URI endpoint, ClientAuthentication authentication) {
        boolean http = "https".equalsIgnoreCase(endpoint.getScheme()) || "http".equalsIgnoreCase(endpoint.getScheme());
        if (!http || endpoint.getHost() == null) {
            throw new IllegalArgumentException("the endpoint is not an http or https address with a host");
        }
        return new IntrospectionClientBuilder(() -> endpoint, Optional.of(endpoint.toString()), authentication)
                .name(endpoint.getHost());
    }

    /** A client of an endpoint whose address is found when it is needed. */
    public static IntrospectionClientBuilder builder(EndpointSource endpoint, ClientAuthentication authentication) {
        return new IntrospectionClientBuilder(endpoint, Optional.empty(), authentication);
    }

    /**
     * The answer for {@code token}, kept or new. Waits no longer than the timeout.
     *
     * @param token the access token, opaque or not, never empty
     * @throws IntrospectionException if there is no answer. If the waiting thread was interrupted, it stays so; the call goes on
     *     for the others who wait
     */
    public IntrospectionResult introspect(String token) throws IntrospectionException {
        return introspect(token, Optional.empty());
    }

    /**
     * The answer for {@code token}, kept if it is young enough, or new. What was known last never serves here.
     *
     * @param token the access token, opaque or not, never empty
     * @param maxStaleness how old the answer may be at most; zero: the server is asked now. An answer is as old as the time since
     *     it came; one that is just on its way counts as new
     * @throws IntrospectionException as {@link #introspect(String)}
     */
    public IntrospectionResult introspect(String token, Duration maxStaleness) throws IntrospectionException {
        return introspect(token, Optional.of(notNegative(maxStaleness)));
    }

    private IntrospectionResult introspect(String token, Optional<Duration> maxStaleness)
            throws IntrospectionException {
        TokenDigest key = key(token);
        Optional<IntrospectionResult> kept = answers.fresh(key, maxStaleness);
        listener.sought(kept.isPresent());
        if (kept.isPresent()) {
            return kept.get();
        }
        try {
            return orLastKnown(key, maxStaleness, ask(key, token, maxStaleness).get())
                    .get();
        } catch (ExecutionException failed) {
            throw IntrospectionFailures.of(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IntrospectionException(Kind.TIMEOUT, "interrupted while waiting for the answer", interrupted);
        }
    }

    /**
     * The answer for {@code token}, kept or new. Fails with an {@link IntrospectionException}. Cancelling the future ends the
     * waiting, not the call: others may wait for it too. What depends on a new answer runs on one of four threads of this client; what
     * takes long there makes others wait for theirs, and belongs elsewhere ({@code thenApplyAsync} with an executor).
     *
     * @param token the access token, opaque or not, never empty
     */
    public CompletableFuture<IntrospectionResult> introspectAsync(String token) {
        return introspectAsync(token, Optional.empty());
    }

    /**
     * As {@link #introspectAsync(String)}, with an answer as young as that of {@link #introspect(String, Duration)}.
     *
     * @param token the access token, opaque or not, never empty
     */
    public CompletableFuture<IntrospectionResult> introspectAsync(String token, Duration maxStaleness) {
        return introspectAsync(token, Optional.of(notNegative(maxStaleness)));
    }

    private CompletableFuture<IntrospectionResult> introspectAsync(String token, Optional<Duration> maxStaleness) {
        TokenDigest key = key(token);
        Optional<IntrospectionResult> kept = answers.fresh(key, maxStaleness);
        listener.sought(kept.isPresent());
        return kept.map(CompletableFuture::completedFuture)
                .orElseGet(() -> ask(key, token, maxStaleness)
                        .thenApplyAsync(
                                outcome ->
                                        orLastKnown(key, maxStaleness, outcome).join(),
                                threads.telling()));
    }

    private static Duration notNegative(Duration maxStaleness) {
        if (maxStaleness.isNegative()) {
            throw new IllegalArgumentException("maxStaleness is negative: " + maxStaleness);
        }
        return maxStaleness;
    }

    private TokenDigest key(String token) {
        if (token.isEmpty()) {
            throw new IllegalArgumentException("the token is empty");
        }
        return keys.of(token);
    }

    private CompletableFuture<Outcome> ask(TokenDigest key, String token, Optional<Duration> maxStaleness) {
        return shared.join(key, token, () -> answers.fresh(key, maxStaleness).map(Outcome.Answered::new));
    }

    /**
     * What was known last stands in for an outage, and for nothing else: a mistake is not mended by waiting. Nor does it serve
     * whoever asks for something fresh.
     */
    private Outcome orLastKnown(TokenDigest key, Optional<Duration> maxStaleness, Outcome outcome) {
        if (maxStaleness.isPresent()
                || !(outcome instanceof Outcome.Failed failed)
                || !failed.failure().isOutage()) {
            return outcome;
        }
        Optional<Active> last = answers.lastKnown(key);
        last.ifPresent(served -> listener.lastKnownServed());
        return last.<Outcome>map(Outcome.Answered::new).orElse(outcome);
    }

    /** How the endpoint fares, and this client with it. Asks nobody. */
    public IntrospectionStatus status() {
        return guard.status();
    }

    /** How many answers are kept now. */
    public long keptAnswers() {
        return answers.size();
    }

    /**
     * Lets no further call begin; answers that are kept serve on. Whoever still waits gets an {@link IntrospectionException} at
     * once. Closes the HTTP client, unless it was given.
     */
    @Override
    public void close() {
        shared.close();
        threads.close();
        ownHttp.ifPresent(BoundedHttpClient::close);
    }
}
