package dev.scopegate.validate;

import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IntrospectionConfig.Tokens;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.introspection.Active;
import dev.scopegate.introspection.CacheSettings;
import dev.scopegate.introspection.IntrospectionClient;
import dev.scopegate.introspection.IntrospectionClientBuilder;
import dev.scopegate.introspection.IntrospectionException;
import dev.scopegate.introspection.IntrospectionResult;
import dev.scopegate.introspection.IntrospectionStatus;
import dev.scopegate.introspection.SignedAnswers;
import dev.scopegate.model.CheckList;
import dev.scopegate.model.Introspected;
import dev.scopegate.model.IntrospectionState;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.model.Validation;
import dev.scopegate.validate.keys.IssuerKeys;
import dev.scopegate.validate.keys.Upstreams;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Validates tokens by asking their issuer, and then judges the answer as strictly as a JWT: an authorization server also calls
 * refresh tokens and tokens for others active. Opaque tokens have nothing else to be judged by; JWTs are asked about only
 * where the configuration or the route wants it, and only after every other check on them held.
 *
 * <p>Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2">RFC 7662 §2</a>
 */
final class Introspector implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Introspector.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration SHORTEST_RETRY_AFTER = Duration.ofSeconds(1);

    private final IssuerTerms terms;
    private final boolean asksAboutJwts;
    private final IntrospectionClient client;
    private final IntrospectionAccess access;
    private final ClaimChecks checks;
    private final JudgedAnswers judged;
    private final InstantSource clock;

    private Introspector(
            IssuerTerms terms,
            IntrospectionConfig how,
            IntrospectionClient client,
            IntrospectionAccess access,
            ClaimChecks checks,
            InstantSource clock) {
        this.terms = terms;
        this.asksAboutJwts = how.tokens() == Tokens.ALL;
        this.client = client;
        this.access = access;
        this.checks = checks;
        this.judged =
                new JudgedAnswers(checks, terms.clockSkew(), clock, how.cache().maxEntries());
        this.clock = clock;
    }

    /**
     * An introspector that asks {@code issuer} as its part {@code introspection} says.
     *
     * @param resource the identifier of the protected resource: a name under which we may be named as audience of an answer
     * @param checks what answers are held to
     */
    static Introspector of(
            IssuerTerms terms,
            IssuerConfig issuer,
            Optional<String> resource,
            Upstreams upstreams,
            ClaimChecks checks,
            Upstreams.Environment environment) {
        IntrospectionConfig how = issuer.introspection();
        IntrospectionAccess access = IntrospectionAccess.of(terms, how, upstreams, environment.clock());
        IntrospectionClientBuilder options = IntrospectionClient.builder(access.endpoint(), access.authentication())
                .http(access.http())
                .clock(environment.clock())
                .ticker(environment.ticker())
                .name(terms.name())
                .timeout(how.timeout())
                .maxConcurrent(how.maxConcurrent())
                .cache(cache(how))
                .listener(new UpkeepListener(terms.name(), environment.upkeep()));
        how.parameters().forEach(options::parameter);
        how.headers().forEach(options::header);
        if (how.signedAnswers()) {
            options.signedAnswers(signed(issuer, resource, upstreams.keys(issuer.issuer())));
        }
        return new Introspector(terms, how, options.build(), access, checks, environment.clock());
    }

    private static SignedAnswers signed(IssuerConfig issuer, Optional<String> resource, IssuerKeys keys) {
        SignedAnswers held = SignedAnswers.by(issuer.issuer(), new PublishedAnswerKeys(keys))
                .algorithms(issuer.algorithms())
                .clockSkew(issuer.clockSkew());
        return resource.map(held::audience).orElse(held);
    }

    private static CacheSettings cache(IntrospectionConfig how) {
        return new CacheSettings(
                how.cache().ttl(), how.cache().negativeTtl(), how.cache().maxEntries(), how.toleratedOutage());
    }

    /**
     * The verdict on an opaque token.
     *
     * @param maxStaleness how old the answer may be, if the route says so; then what was known last does not serve
     */
    Validation validate(String token, Optional<Duration> maxStaleness) {
        return ask(token, maxStaleness, answer -> checks.judgeIntrospection(answer));
    }

    /** The configured name of the issuer. */
    String issuerName() {
        return terms.name();
    }

    /** Whether the issuer is to be asked about each JWT of it that is valid but for that. */
    boolean asksAboutJwts() {
        return asksAboutJwts;
    }

    /**
     * The verdict on a JWT that is valid but for what its issuer says of it now.
     *
     * @param maxStaleness as for {@link #validate}
     */
    Validation confirm(String token, ValidatedToken jwt, Optional<Duration> maxStaleness) {
        return ask(token, maxStaleness, answer -> checks.judgeIntrospection(jwt, answer));
    }

    /** Adds what the issuer says of {@code token}, and what that is held to. */
    void explain(String token, Optional<Duration> maxStaleness, CheckList list) {
        explain(token, maxStaleness, list, answer -> checks.explainIntrospection(answer, list));
    }

    /** Adds what the issuer says of a JWT that is valid but for that, and what the two together are held to. */
    void explain(String token, ValidatedToken jwt, Optional<Duration> maxStaleness, CheckList list) {
        explain(token, maxStaleness, list, answer -> checks.explainIntrospection(jwt, answer, list));
    }

    private void explain(
            String token, Optional<Duration> maxStaleness, CheckList list, Consumer<Map<String, Object>> claims) {
        String expected = "active, says issuer " + terms.name()
                + maxStaleness
                        .map(limit -> ", at most " + limit.toSeconds() + "s ago")
                        .orElse("");
        try {
            if (introspect(token, maxStaleness) instanceof Active active) {
                list.add("introspection", expected, () -> shown(active), Optional::empty);
                claims.accept(active.claims());
            } else {
                list.add("introspection", expected, () -> "not active", () -> Optional.of(RefusalReason.INACTIVE));
            }
        } catch (IntrospectionException unavailable) {
            list.addUndecided("introspection", expected, "no answer");
        }
    }

    private String shown(Active active) {
        Duration age = Duration.between(active.answeredAt(), clock.instant());
        return "active, said " + Math.max(0, age.toSeconds()) + "s ago"
                + (active.lastKnown() ? ", last known: no answer now" : "");
    }

    private Validation ask(
            String token, Optional<Duration> maxStaleness, Function<Map<String, Object>, Validation> judge) {
        try {
            return introspect(token, maxStaleness) instanceof Active active
                    ? judged.judge(active, () -> dated(judge.apply(active.claims()), active))
                    : new Validation.Refused(RefusalReason.INACTIVE);
        } catch (IntrospectionException unavailable) {
            LOG.debug("Introspection at issuer {} failed: {}", terms.name(), unavailable.kind());
            return new Validation.Undecided(RefusalReason.INTROSPECTION_UNAVAILABLE, retryAfter(unavailable));
        }
    }

    private IntrospectionResult introspect(String token, Optional<Duration> maxStaleness)
            throws IntrospectionException {
        return maxStaleness.isPresent() ? client.introspect(token, maxStaleness.get()) : client.introspect(token);
    }

    private static Validation dated(Validation verdict, Active answer) {
        return verdict instanceof Validation.Valid valid
                ? new Validation.Valid(
                        valid.token().introspected(new Introspected(answer.answeredAt(), answer.lastKnown())),
                        valid.bound())
                : verdict;
    }

    private static Duration retryAfter(IntrospectionException unavailable) {
        Duration wanted = unavailable.retryAfter().orElse(RETRY_AFTER);
        return wanted.compareTo(SHORTEST_RETRY_AFTER) < 0 ? SHORTEST_RETRY_AFTER : wanted;
    }

    /** How many answers are kept now. */
    long keptAnswers() {
        return client.keptAnswers();
    }

    /** How it stands with asking the issuer. */
    IntrospectionState state() {
        IntrospectionStatus status = client.status();
        return new IntrospectionState(
                terms.name(),
                switch (status.endpoint()) {
                    case ASKED -> IntrospectionState.Endpoint.ASKED;
                    case PROBED -> IntrospectionState.Endpoint.PROBED;
                    case RESTING -> IntrospectionState.Endpoint.RESTING;
                },
                status.clientRefused(),
                status.underWay(),
                status.restsFor());
    }

    @Override
    public void close() {
        client.close();
        access.close();
    }
}
