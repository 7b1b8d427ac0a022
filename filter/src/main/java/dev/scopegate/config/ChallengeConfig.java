package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * The part {@code challenge}: what refusals say.
 *
 * @param realm the {@code realm} of every challenge (RFC 9110 §11.5); default: the resource, or {@code scopegate}
 * @param metadata whether the protected resource metadata of RFC 9728 is published and named in challenges; it tells
 *     everyone which issuers are trusted; default true, and never without a {@code resource}
 * @param resourceName the name of the protected resource for people, in its metadata (RFC 9728 §2); default: none
 */
@RecordBuilder
public record ChallengeConfig(Optional<String> realm, Boolean metadata, Optional<String> resourceName) {

    /** All defaults. */
    static final ChallengeConfig DEFAULT = ChallengeConfigBuilder.builder().build();

    public ChallengeConfig {
        realm = requireNonNullElse(realm, Optional.empty());
        metadata = requireNonNullElse(metadata, true);
        resourceName = requireNonNullElse(resourceName, Optional.empty());
    }
}
