package dev.scopegate.validate;

import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IntrospectionConfig.Tokens;
import dev.scopegate.introspection.Active;
import dev.scopegate.introspection.CacheSettings;
import dev.scopegate.introspection.IntrospectionClient;
import dev.scopegate.introspection.IntrospectionException;
import dev.scopegate.model.CheckList;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.model.Validation;
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
 * where configured, and only after every other check on them held.
 *
 * <p>Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2">RFC 7662 §2</a>
 */
final class Introspector implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Introspector.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final IssuerTerms terms;
    private final boolean asksAboutJwts;
    private final IntrospectionClient client;
    private final IntrospectionAccess access;
    private final ClaimChecks checks;

    private Introspector(
            IssuerTerms terms,
            boolean asksAboutJwts,
            IntrospectionClient client,
            IntrospectionAccess access,
            ClaimChecks checks) {
        this.terms = terms;
        this.asksAboutJwts = asksAboutJwts;
        this.client = client;
        this.access = access;
        this.checks = checks;
    }

    static Introspector of(
            IssuerTerms terms, IntrospectionConfig how, Upstreams upstreams, ClaimChecks checks, InstantSource clock) {
        IntrospectionAccess access = IntrospectionAccess.of(terms.issuer(), how, upstreams, clock);
        IntrospectionClient client = IntrospectionClient.builder(access.endpoint(), access.authentication())
                .http(access.http())
                .clock(clock)
                .name(terms.name())
                .timeout(how.timeout())
                .maxConcurrent(how.maxConcurrent())
                .cache(new CacheSettings(
                        how.cache().ttl(),
                        how.cache().negativeTtl(),
                        how.cache().maxEntries()))
                .build();
        return new Introspector(terms, how.tokens() == Tokens.ALL, client, access, checks);
    }

    /** The verdict on an opaque token. */
    Validation validate(String token) {
        return ask(token, checks::judgeIntrospection);
    }

    /** Whether the issuer is to be asked about a JWT of it that is valid but for that. */
    boolean asksAbout(ValidatedToken jwt) {
        return asksAboutJwts && terms.issuer().equals(jwt.issuer());
    }

    /** The verdict on a JWT that is valid but for what its issuer says of it now. */
    Validation confirm(String token, ValidatedToken jwt) {
        return ask(token, answer -> checks.judgeIntrospection(jwt, answer));
    }

    /** Adds what the issuer says of {@code token}, and what that is held to. */
    void explain(String token, CheckList list) {
        explain(token, list, answer -> checks.explainIntrospection(answer, list));
    }

    /** Adds what the issuer says of a JWT that is valid but for that, and what the two together are held to. */
    void explain(String token, ValidatedToken jwt, CheckList list) {
        explain(token, list, answer -> checks.explainIntrospection(jwt, answer, list));
    }

    private void explain(String token, CheckList list, Consumer<Map<String, Object>> claims) {
        String expected = "active, says issuer " + terms.name();
        try {
            if (client.introspect(token) instanceof Active active) {
                list.add("introspection", expected, () -> "active", Optional::empty);
                claims.accept(active.claims());
            } else {
                list.add("introspection", expected, () -> "not active", () -> Optional.of(RefusalReason.INACTIVE));
            }
        } catch (IntrospectionException unavailable) {
            list.addUndecided("introspection", expected, "no answer");
        }
    }

    private Validation ask(String token, Function<Map<String, Object>, Validation> judge) {
        try {
            return client.introspect(token) instanceof Active active
                    ? judge.apply(active.claims())
                    : new Validation.Refused(RefusalReason.INACTIVE);
        } catch (IntrospectionException unavailable) {
            LOG.debug("Introspection at issuer {} failed: {}", terms.name(), unavailable.kind());
            return new Validation.Undecided(
                    RefusalReason.INTROSPECTION_UNAVAILABLE,
                    unavailable.retryAfter().orElse(RETRY_AFTER));
        }
    }

    @Override
    public void close() {
        client.close();
        access.close();
    }
}
