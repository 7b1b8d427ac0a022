package dev.scopegate.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which addresses a configuration may name. Resolves no host name. */
final class Addresses {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Addresses() {}

    /** What is wrong with a resource identifier (RFC 9728 §1.2), if anything is. */
    static Optional<String> resourceProblem(String resource) {
        try {
            URI uri = new URI(resource);
            boolean sound = uri.isAbsolute() && uri.getRawFragment() == null && printable(resource);
            return sound ? Optional.empty() : Optional.of("must be an absolute URI without a fragment");
        } catch (URISyntaxException notAUri) {
            return Optional.of("must be an absolute URI, such as https://api.example.com/contacts");
        }
    }

    /** What is wrong with the address that clients see, if anything is. */
    static Optional<String> externalProblem(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            boolean sound = web
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null
                    && printable(url);
            return sound ? Optional.empty() : Optional.of("must be an http or https URL without query and fragment");
        } catch (URISyntaxException notAUri) {
            return Optional.of("must be a URL, such as https://api.example.com");
        }
    }

    /** What is wrong with the address of a proxy, if anything is. */
    static Optional<String> proxyProblem(URI uri) {
        boolean sound = "http".equalsIgnoreCase(uri.getScheme())
                && uri.getHost() != null
                && uri.getPort() > 0
                && uri.getRawUserInfo() == null
                && (uri.getRawPath() == null
                        || uri.getRawPath().isEmpty()
                        || uri.getRawPath().equals("/"));
        return sound
                ? Optional.empty()
                : Optional.of("must be http, host and port, such as http://proxy.example.com:3128");
    }

    /** What is wrong with an issuer identifier (RFC 8414 §2), if anything is. */
    static Optional<String> issuerProblem(String issuer, boolean insecureLoopback) {
        if (issuer.isBlank()) {
            return Optional.of("is missing; write the issuer identifier, such as https://login.example.com");
        }
        try {
            URI uri = new URI(issuer);
            if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
                return Optional.of("must have no query, fragment or user");
            }
            return endpointProblem(uri, insecureLoopback);
        } catch (URISyntaxException notAUri) {
            return Optional.of("must be a URI, such as https://login.example.com");
        }
    }

    /** What is wrong with the address of an endpoint that tokens, keys or secrets go to or come from. */
    static Optional<String> endpointProblem(URI uri, boolean insecureLoopback) {
        String host = uri.getHost();
        if (host == null) {
            return Optional.of("must be an https URI with a host");
        }
        if ("https".equalsIgnoreCase(uri.getScheme())) {
            return Optional.empty();
        }
        if ("http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.contains(host.toLowerCase(Locale.ROOT))) {
            return insecureLoopback
                    ? Optional.empty()
                    : Optional.of("is not https; for trying things out on this machine set"
                            + " 'http: { allow-insecure-loopback: true }'");
        }
        return Optional.of("must be https");
    }

    /** The host of an issuer, or the whole text if it has none. */
    static String host(String issuer) {
        try {
            String host = new URI(issuer).getHost();
            return host == null ? issuer : host;
        } catch (URISyntaxException notAUri) {
            return issuer;
        }
    }

    private static boolean printable(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
    }
}
