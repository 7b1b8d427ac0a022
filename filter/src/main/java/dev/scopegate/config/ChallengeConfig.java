package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;

import java.util.Optional;

/**
 * The part {@code challenge}: what refusals say.
 *
 * @param realm the {@code realm} of every challenge (RFC 9110 §11.5); default: the resource, or {@code scopegate}
 * @param metadata whether the protected resource metadata of RFC 9728 is published and named in challenges; it tells
 *     everyone which issuers are trusted; default true, and never without a {@code resource}
 */
public record ChallengeConfig(Optional<String> realm, Boolean metadata) {

    /** All defaults. */
    static final ChallengeConfig DEFAULT = new ChallengeConfig(Optional.empty(), true);

    public ChallengeConfig {
        realm = requireNonNullElse(realm, Optional.empty());
        metadata = requireNonNullElse(metadata, true);
    }
}
