package dev.scopegate.model;

import java.util.List;
import java.util.Map;

/**
 * What surrounds a request and shapes an answer, but never a decision: it is captured only where an answer is written.
 *
 * <p>Immutable.
 *
 * @param accept the value of the {@code Accept} field, several joined by commas; empty if there was none
 * @param contextPath the context path of the application, such as {@code /app}; empty for the root
 * @param peer the address of the peer of the connection, such as {@code 127.0.0.1}
 * @param forwarded what proxies say of the request, the values of each field by its lower-case name: {@code forwarded},
 *     {@code x-forwarded-proto}, {@code x-forwarded-host}, {@code x-forwarded-port}, {@code x-forwarded-prefix}. Anyone can
 *     send these; they are worth something only where the peer is a trusted proxy
 */
public record Surroundings(String accept, String contextPath, String peer, Map<String, List<String>> forwarded) {

    /** The fields by which proxies say what they forward. */
    public static final List<String> FORWARDED_FIELDS =
            List.of("forwarded", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port", "x-forwarded-prefix");

    /** Nothing is known. */
    public static final Surroundings NONE = new Surroundings("", "", "", Map.of());

    public Surroundings {
        forwarded = Map.copyOf(forwarded);
    }
}
