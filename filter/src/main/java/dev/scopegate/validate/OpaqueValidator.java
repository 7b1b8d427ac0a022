package dev.scopegate.validate;

import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.introspection.Active;
import dev.scopegate.introspection.CacheSettings;
import dev.scopegate.introspection.ClientSecretBasic;
import dev.scopegate.introspection.EndpointSource;
import dev.scopegate.introspection.IntrospectionClient;
import dev.scopegate.introspection.IntrospectionException;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.model.CheckList;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.Validation;
import dev.scopegate.validate.keys.IssuerMetadata;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Validates opaque tokens by asking their issuer, and then judges the answer as strictly as a JWT: an authorization server
 * also calls refresh tokens and tokens for others active.
 *
 * <p>Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2">RFC 7662 §2</a>
 */
final class OpaqueValidator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpaqueValidator.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final String issuerName;
    private final IntrospectionClient client;
    private final ClaimChecks checks;

    OpaqueValidator(String issuerName, IntrospectionClient client, ClaimChecks checks) {
        this.issuerName = issuerName;
        this.client = client;
        this.checks = checks;
    }

    static OpaqueValidator of(
            String issuerName,
            IntrospectionConfig how,
            IssuerMetadata metadata,
            BoundedHttpClient http,
            ClaimChecks checks) {
        EndpointSource endpoint =
                how.endpoint().<EndpointSource>map(uri -> () -> uri).orElse(metadata::introspectionEndpoint);
        IntrospectionClient client = IntrospectionClient.builder(
                        endpoint,
                        new ClientSecretBasic(how.clientId(), how.readSecret().reveal()))
                .http(http)
                .name(issuerName)
                .timeout(how.timeout())
                .maxConcurrent(how.maxConcurrent())
                .cache(new CacheSettings(
                        how.cache().ttl(),
                        how.cache().negativeTtl(),
                        how.cache().maxEntries()))
                .build();
        return new OpaqueValidator(issuerName, client, checks);
    }

    Validation validate(String token) {
        try {
            return client.introspect(token) instanceof Active active
                    ? checks.judgeIntrospection(active.claims())
                    : new Validation.Refused(RefusalReason.INACTIVE);
        } catch (IntrospectionException unavailable) {
            LOG.debug("Introspection at issuer {} failed: {}", issuerName, unavailable.kind());
            return new Validation.Undecided(
                    RefusalReason.INTROSPECTION_UNAVAILABLE,
                    unavailable.retryAfter().orElse(RETRY_AFTER));
        }
    }

    /** Adds what the issuer says of {@code token}, and what that is held to. */
    void explain(String token, CheckList list) {
        String expected = "active, says issuer " + issuerName;
        try {
            if (client.introspect(token) instanceof Active active) {
                list.add("introspection", expected, () -> "active", Optional::empty);
                checks.explainIntrospection(active.claims(), list);
            } else {
                list.add("introspection", expected, () -> "not active", () -> Optional.of(RefusalReason.INACTIVE));
            }
        } catch (IntrospectionException unavailable) {
            list.addUndecided("introspection", expected, "no answer");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
