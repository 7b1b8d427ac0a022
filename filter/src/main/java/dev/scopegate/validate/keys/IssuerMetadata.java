package dev.scopegate.validate.keys;

import dev.scopegate.introspection.metadata.AuthorizationServerMetadata;
import dev.scopegate.introspection.metadata.MetadataDiscovery;
import dev.scopegate.introspection.metadata.MetadataException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * What an issuer says of itself, asked for when it is first needed. One request at a time asks; the others wait for its
 * answer. A failure is remembered for a second, so that a storm of requests does not become a storm of discoveries.
 *
 * <p>Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-3">RFC 8414 §3</a>
 */
public final class IssuerMetadata {

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final String issuer;
    private final MetadataDiscovery discovery;
    private final InstantSource clock;
    private final AtomicReference<Attempt> latest = new AtomicReference<>();

    /** The metadata of {@code issuer}; asks no one yet. */
    public IssuerMetadata(String issuer, MetadataDiscovery discovery, InstantSource clock) {
        this.issuer = issuer;
        this.discovery = discovery;
        this.clock = clock;
    }

    /** The address of the JWK Set. */
    public URI jwksUri() throws IOException {
        return endpoint(AuthorizationServerMetadata::jwksUri, "jwks_uri");
    }

    /** The address of the introspection endpoint. */
    public URI introspectionEndpoint() throws IOException {
        return endpoint(AuthorizationServerMetadata::introspectionEndpoint, "introspection_endpoint");
    }

    /** The address of the introspection endpoint for clients that show a certificate. */
    public URI introspectionEndpointOverMutualTls() throws IOException {
        // RFC 8705 §5: where there is such an alias, the other address may not ask for a certificate at all.
        Optional<URI> alias = metadata().mutualTlsIntrospectionEndpoint();
        return alias.isPresent() ? alias.get() : introspectionEndpoint();
    }

    /** The address of the token endpoint. */
    public URI tokenEndpoint() throws IOException {
        return endpoint(AuthorizationServerMetadata::tokenEndpoint, "token_endpoint that may be asked");
    }

    /** How clients may authenticate at the introspection endpoint; empty if the issuer says nothing of it. */
    public List<String> introspectionEndpointAuthMethods() throws IOException {
        return metadata().introspectionEndpointAuthMethods();
    }

    /** The scopes that the issuer advertises; empty if it says nothing of them. */
    public List<String> scopesSupported() throws IOException {
        return metadata().scopesSupported();
    }

    private URI endpoint(Function<AuthorizationServerMetadata, Optional<URI>> member, String name) throws IOException {
        return member.apply(metadata()).orElseThrow(() -> new MetadataException("the issuer names no " + name));
    }

    private AuthorizationServerMetadata metadata() throws IOException {
        Attempt mine = new Attempt(clock.instant());
        Attempt current =
                latest.updateAndGet(attempt -> attempt != null && attempt.counts(mine.since) ? attempt : mine);
        if (current == mine) {
            mine.run(issuer, discovery);
        }
        return current.await();
    }

    /** One discovery, under way or done. */
    private static final class Attempt {

        private final Instant since;
        private final CompletableFuture<AuthorizationServerMetadata> answer = new CompletableFuture<>();

        Attempt(Instant since) {
            this.since = since;
        }

        boolean counts(Instant now) {
            // By the distance alone: a clock that was turned back an hour must not make it a pause of an hour.
            return !answer.isCompletedExceptionally()
                    || Duration.between(since, now).abs().compareTo(PAUSE_AFTER_FAILURE) < 0;
        }

        void run(String issuer, MetadataDiscovery discovery) {
            try {
                answer.complete(discovery.discover(issuer));
            } catch (IOException unavailable) {
                answer.completeExceptionally(unavailable);
            } finally {
                // Whatever else happened, those who wait must not wait for ever.
                answer.completeExceptionally(new IOException("discovery was broken off"));
            }
        }

        AuthorizationServerMetadata await() throws IOException {
            try {
                return answer.join();
            } catch (CompletionException failed) {
                // The cause belongs to the thread that asked; those who waited get an exception of their own.
                String why = failed.getCause() == null
                        ? ""
                        : ": " + failed.getCause().getMessage();
                throw new IOException("discovery failed" + why, failed);
            }
        }
    }
}
