package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The part {@code jwks} of an issuer: where its keys come from and how long they serve.
 *
 * @param uri the address of the JWK Set; default: discovered from the issuer (RFC 8414 §3)
 * @param file a file that holds the JWK Set, read again at each refresh; instead of {@code uri}
 * @param refreshInterval how often the set is fetched; default 5 min
 * @param maxStaleness how long the last good set serves while fetching fails; default 24 h
 * @param cooldown the time within which unknown {@code kid}s, however many tokens name some, force one fetch at most; default
 *     30 s
 */
@RecordBuilder
public record JwksConfig(
        Optional<URI> uri,
        Optional<FileReference> file,
        Duration refreshInterval,
        Duration maxStaleness,
        Duration cooldown) {

    /** Discovered, with all defaults. */
    public static final JwksConfig DISCOVERED = JwksConfigBuilder.builder().build();

    public JwksConfig {
        uri = requireNonNullElse(uri, Optional.empty());
        file = requireNonNullElse(file, Optional.empty());
        refreshInterval = requireNonNullElse(refreshInterval, Duration.ofMinutes(5));
        maxStaleness = requireNonNullElse(maxStaleness, Duration.ofHours(24));
        cooldown = requireNonNullElse(cooldown, Duration.ofSeconds(30));
    }
}
