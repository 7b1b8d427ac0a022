package dev.scopegate;

import dev.scopegate.challenge.Challenger;
import dev.scopegate.config.ConfigSource;
import dev.scopegate.config.ConfigStatus;
import dev.scopegate.config.LoadedConfig;
import dev.scopegate.config.Reload;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.model.Answer;
import dev.scopegate.model.Answer.Header;
import dev.scopegate.model.CacheStatus;
import dev.scopegate.model.Conclusion;
import dev.scopegate.model.CorrelationIds;
import dev.scopegate.model.Decision;
import dev.scopegate.model.Explanation;
import dev.scopegate.model.IntrospectionState;
import dev.scopegate.model.KeySetStatus;
import dev.scopegate.model.Mode;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.model.Surroundings;
import dev.scopegate.model.Transport;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.observe.DecisionObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An OAuth 2.0 resource server: decides which requests may go on, and answers those that may not. Knows nothing of
 * servlets; {@link dev.scopegate.servlet.ScopegateFilter} puts it in front of an API.
 *
 * <p>Fails closed: what no rule names is denied unless configured otherwise, and what cannot be decided does not pass.
 *
 * <p>Safe for concurrent use. What is in force is immutable, and is replaced as a whole by {@link #reload()}. Holds
 * connections and background threads until it is closed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750">RFC 6750</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068">RFC 9068</a>
 */
public final class ResourceServer implements AutoCloseable {

    private final PolicyInForce inForce;
    private final DecisionObserver observer;
    private final Supplier<List<CacheStatus>> caches;
    private final Runnable stop;

    ResourceServer(
            PolicyInForce inForce, DecisionObserver observer, Supplier<List<CacheStatus>> caches, Runnable stop) {
        this.inForce = inForce;
        this.observer = observer;
        this.caches = caches;
        this.stop = stop;
    }

    /** A builder that starts with nothing: no issuer, no route, everything denied. */
    public static ResourceServerBuilder builder() {
        return new ResourceServerBuilder();
    }

    /** A builder that starts with a configuration that was read. */
    public static ResourceServerBuilder builder(LoadedConfig loaded) {
        return builder(() -> loaded);
    }

    /** A builder that starts with a configuration that can be read again, so that the server can reload it. */
    public static ResourceServerBuilder builder(ConfigSource source) {
        return new ResourceServerBuilder(source);
    }

    /** The decision on a request as it arrived. Waits for an issuer where one has to be asked. Notes nothing. */
    public Decision decide(RequestSnapshot request) {
        return withPolicy(policy -> policy.decide(request));
    }

    /**
     * Why a request would be decided as it would: the rule, each check with what was expected and what was there, and the
     * answer. Decides by the same steps as {@link #decide}, may ask an issuer once more, and notes nothing. For the people who
     * run an API, never for its clients.
     */
    public Explanation explain(RequestSnapshot request) {
        return withPolicy(policy -> policy.explain(request));
    }

    /**
     * What is to be done with a request as it arrived: it goes on, or is answered with a refusal or a document that this
     * server publishes (RFC 9728 §3). The decision is counted and logged. Waits for an issuer where one has to be asked.
     *
     * @param surroundings asked only where an answer has to be written
     */
    public Conclusion judge(RequestSnapshot request, Supplier<Surroundings> surroundings) {
        long start = System.nanoTime();
        // Without functions: every request comes this way, and between two of them the container's code has taken the
        // place
        // of ours in the processor's caches. Each call of unknown code is a miss or two.
        Policy policy = inForce.acquire();
        try {
            Optional<Answer> document = policy.published(request);
            return document.isPresent()
                    ? new Conclusion.Answered(document.get())
                    : conclude(policy, policy.decide(request), start, request, surroundings);
        } finally {
            policy.release();
        }
    }

    /**
     * What is to be done with a target that the application itself dispatches a request to (FORWARD, INCLUDE). A target with
     * a rule of its own is held to that rule with the same credentials, which the issuer is asked about again where the rule
     * says how old its word may be; empty if no rule names it, and it inherits what was
     * concluded on the request.
     *
     * @param target the request, with the path of the target
     * @param known the token of the request, if it was validated before
     * @param surroundings asked only where an answer has to be written
     */
    public Optional<Conclusion> judgeInner(
            RequestSnapshot target, Optional<ValidatedToken> known, Supplier<Surroundings> surroundings) {
        long start = System.nanoTime();
        return withPolicy(policy -> policy.decideInner(target, known)
                .map(decision -> conclude(policy, decision, start, target, surroundings)));
    }

    /**
     * What to answer where code behind the filter asks more of its caller than the rule did. A refusal is counted and logged as any
     * other; a caller who has what it takes is not counted once more.
     *
     * @param requirement what is asked; its text, {@link RouteRequirement#route}, becomes a tag of metrics, so there may only be as
     *     many as are written in the code
     * @param request the request, of which the record of the decision tells
     * @param caller the token that the request was let through with
     * @param surroundings asked only where an answer has to be written
     * @return the answer; empty if the request goes on
     */
    public Optional<Answer> refusal(
            RouteRequirement requirement,
            RequestSnapshot request,
            Optional<ValidatedToken> caller,
            Supplier<Surroundings> surroundings) {
        long start = System.nanoTime();
        return withPolicy(policy -> {
            Decision decision = policy.decideFor(requirement, caller);
            if (decision instanceof Decision.Permitted) {
                return Optional.empty();
            }
            return answer(policy, decision, Duration.ofNanos(System.nanoTime() - start), request, surroundings);
        });
    }

    private Conclusion conclude(
            Policy policy,
            Decision decision,
            long start,
            RequestSnapshot request,
            Supplier<Surroundings> surroundings) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (decision instanceof Decision.Permitted) {
            observer.permitted(decision, took, request);
            return new Conclusion.Passed(decision.token(), headers(policy, decision, request));
        }
        return answer(policy, decision, took, request, surroundings)
                .<Conclusion>map(Conclusion.Answered::new)
                .orElseGet(() -> new Conclusion.Passed(decision.token(), headers(policy, decision, request)));
    }

    /** Notes a decision that is not in favour; empty where that changes nothing for the request, in shadow mode. */
    private Optional<Answer> answer(
            Policy policy,
            Decision decision,
            Duration took,
            RequestSnapshot request,
            Supplier<Surroundings> surroundings) {
        String correlationId = CorrelationIds.next();
        if (decision.requirement().mode() == Mode.SHADOW) {
            observer.shadowed(decision, took, request, Challenger.status(decision), correlationId);
            return Optional.empty();
        }
        observer.refused(decision, took, request, Challenger.status(decision), correlationId);
        return Optional.of(policy.answer(decision, correlationId, surroundings.get()));
    }

    /** RFC 6750 §2.3: what came with a token in its URL must not be kept for others by whoever sees that URL. */
    private static List<Header> headers(Policy policy, Decision decision, RequestSnapshot request) {
        return decision.token().isPresent() && policy.presentsInUrl(request)
                ? List.of(new Header("Cache-Control", "private"))
                : List.of();
    }

    /** The places besides the {@code Authorization} field where a token may stand, so that they are captured. */
    public List<Transport> transports() {
        return inForce.current().config().tokens().transports();
    }

    /**
     * Reads the configuration again and puts it in force for the next request, as a whole; requests under way end with the
     * old one. If it has mistakes, the old one stays in force. Also reads secrets and trust stores again. Never throws
     * because of a configuration.
     */
    public Reload reload() {
        return inForce.reload();
    }

    /** The configuration in force. Its secrets do not show in any text of it. */
    public ScopegateConfig config() {
        return inForce.current().config();
    }

    /** Whether the configuration in force is the one that is written down. */
    public ConfigStatus configStatus() {
        return inForce.status();
    }

    /** How it stands with the keys of each issuer that has some fetched. */
    public List<KeySetStatus> keySets() {
        return inForce.current().tokens().keySets();
    }

    /** How it stands with each issuer that is asked about tokens. Asks none of them. */
    public List<IntrospectionState> introspections() {
        return inForce.current().tokens().introspections();
    }

    /** How many verified tokens are remembered now. */
    public long rememberedTokens() {
        return inForce.current().tokens().rememberedTokens();
    }

    /** How it stands with what is remembered of tokens. */
    public List<CacheStatus> caches() {
        return caches.get();
    }

    private <T> T withPolicy(Function<Policy, T> use) {
        Policy policy = inForce.acquire();
        try {
            return use.apply(policy);
        } finally {
            policy.release();
        }
    }

    /** Stops watching files and fetching keys, and closes connections. */
    @Override
    public void close() {
        stop.run();
        inForce.close();
    }
}
