package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;

import java.util.List;

/**
 * The part {@code tokens}: how clients send tokens.
 *
 * @param transports where a token may stand; default {@code [header]} (RFC 6750 §2)
 * @param maxBytes the longest token, in bytes; a longer one is refused before anything of it is decoded; default 8192
 */
public record TokensConfig(List<Transport> transports, Integer maxBytes) {

    /** All defaults. */
    static final TokensConfig DEFAULT = new TokensConfig(List.of(Transport.HEADER), 8192);

    /** A place in a request where a token may stand. */
    public enum Transport {
        /** The {@code Authorization} field. */
        HEADER
    }

    public TokensConfig {
        transports = List.copyOf(requireNonNullElse(transports, List.of(Transport.HEADER)));
        maxBytes = requireNonNullElse(maxBytes, 8192);
    }
}
