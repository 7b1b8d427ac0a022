package dev.scopegate.introspection.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * What exchanges are made for: with whom, and why. Its words are those of the configuration, of which there are few; no
 * address, and nothing that came with a request.
 *
 * <p>Immutable.
 *
 * @param server what the server is called in the configuration, such as {@code main}
 * @param purpose what it is asked for
 * @param serverAddress its host, such as {@code login.example.com}; empty if that is not configured, but found out
 */
public record Errand(String server, Purpose purpose, Optional<String> serverAddress) {

    /**
     * An errand to a server of this name.
     *
     * @param configured its address, if that is configured
     */
    public static Errand to(String server, Purpose purpose, Optional<URI> configured) {
        return new Errand(server, purpose, configured.map(URI::getHost));
    }

    /** What a server is asked for. */
    public enum Purpose {
        /** What it says of itself. */
        METADATA,
        /** Its JWK Set. */
        KEYS,
        /** Whether a token is active. */
        INTROSPECTION,
        /** An access token of our own. */
        TOKEN;

        /** The word for it in lower case, such as {@code keys}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
