package dev.scopegate.validate.keys;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.introspection.http.HttpAnswer;
import dev.scopegate.introspection.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches an issuer's JWK Set, each time it is asked to. Keys that nobody here could use (unknown types, broken entries,
 * symmetric keys) are left out; a set without a single usable key counts as a failure, so that it never replaces a good
 * one.
 *
 * <p>Remembers the latest good set, but caching is the business of its callers. Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-5">RFC 7517 §5</a>
 */
final class PublishedKeys implements JWKSetSource<SecurityContext> {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);
    private static final Set<String> MEDIA_TYPES = Set.of("application/jwk-set+json", "application/json");
    private static final String ACCEPT = "application/jwk-set+json, application/json";

    /** Where the text of the set comes from. */
    @FunctionalInterface
    interface Publication {
        String read() throws IOException;
    }

    /** Where the set is published over HTTP; asked for anew at each fetch. */
    @FunctionalInterface
    interface Address {
        URI locate() throws IOException;
    }

    private final String issuerName;
    private final Publication publication;
    private volatile Optional<JWKSet> latest = Optional.empty();
    private volatile boolean closed;

    PublishedKeys(String issuerName, Publication publication) {
        this.issuerName = issuerName;
        this.publication = publication;
    }

    static Publication over(BoundedHttpClient http, Address address) {
        return () -> {
            HttpAnswer answer = http.get(address.locate(), ACCEPT);
            if (answer.status() != 200 || !MEDIA_TYPES.contains(answer.contentType())) {
                throw new IOException("the answer is not a JWK Set: status " + answer.status());
            }
            return answer.bodyAsUtf8();
        };
    }

    static Publication in(Path file, int maxBytes) {
        return () -> {
            if (Files.size(file) > maxBytes) {
                throw new IOException("the file is larger than " + maxBytes + " bytes");
            }
            return Files.readString(file);
        };
    }

    /** The text of the set in a file, if it can be used now. */
    static Optional<String> usableText(String issuerName, Path file, int maxBytes) {
        try {
            String text = in(file, maxBytes).read();
            parse(issuerName, text);
            return Optional.of(text);
        } catch (IOException | ParseException unusable) {
            return Optional.empty();
        }
    }

    @Override
    public JWKSet getJWKSet(
            JWKSetCacheRefreshEvaluator refreshEvaluator, long currentTime, @Nullable SecurityContext context)
            throws JWKSetUnavailableException {
        try {
            JWKSet set = parse(issuerName, publication.read());
            latest = Optional.of(set);
            return set;
        } catch (IOException unavailable) {
            if (!closed) {
                LOG.warn("The keys of issuer {} cannot be had: {}", issuerName, unavailable.getMessage());
            }
            throw new JWKSetUnavailableException("unavailable", unavailable);
        } catch (ParseException broken) {
            LOG.warn("The keys of issuer {} cannot be read", issuerName);
            throw new JWKSetParseException("unreadable", broken);
        }
    }

    /** The set that was fetched last, if any ever was. */
    Optional<JWKSet> latest() {
        return latest;
    }

    /** Fetches the set once, if it can be had. */
    void tryFetch() {
        try {
            getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), System.currentTimeMillis(), null);
        } catch (JWKSetUnavailableException unavailable) {
            LOG.debug("No keys of issuer {} yet", issuerName);
        }
    }

    private static JWKSet parse(String issuerName, String text) throws ParseException {
        Map<String, Object> set = StrictJson.object(text).orElseThrow(() -> new ParseException("no JSON object", 0));
        List<JWK> keys = new ArrayList<>();
        if (set.get("keys") instanceof List<?> entries) {
            entries.forEach(entry -> usable(issuerName, entry, keys));
        }
        if (keys.isEmpty()) {
            throw new ParseException("no usable key", 0);
        }
        return new JWKSet(keys);
    }

    private static void usable(String issuerName, Object entry, List<JWK> keys) {
        try {
            JWK key = entry instanceof Map<?, ?> members
                    ? JWK.parse(named(members)).toPublicJWK()
                    : null;
            if (key != null) {
                // A symmetric key has no public part: whoever reads the set could forge tokens with it.
                keys.add(key);
            }
        } catch (ParseException | IllegalArgumentException unusable) {
            LOG.debug("Issuer {} publishes a key of a kind that is not usable here", issuerName);
        }
    }

    private static Map<String, Object> named(Map<?, ?> members) {
        Map<String, Object> named = new HashMap<>();
        members.forEach((name, value) -> named.put(String.valueOf(name), value));
        return named;
    }

    @Override
    public void close() {
        closed = true;
    }
}
