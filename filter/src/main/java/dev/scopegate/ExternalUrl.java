package dev.scopegate;

import dev.scopegate.config.IpNetwork;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.model.Surroundings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What clients see as the address of the application: the one answer to that question, for whatever has to name it. In
 * this order: {@code external-url}; what a trusted proxy says in {@code Forwarded} or in {@code X-Forwarded-*}; the origin
 * of the resource identifier, and the context path. Never the {@code Host} field, which is the client's to choose.
 *
 * <p>Of a field that several proxies added to, the last value counts: the trusted proxy itself wrote it, while everything
 * before may be a client's invention. Where {@code Forwarded} and {@code X-Forwarded-*} contradict each other, the proxy
 * writes one and passes on whatever clients put into the other: neither is believed. The same holds where any part of them
 * is not what it should be. Never chooses a rule.
 *
 * <p>Immutable; safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239#section-4">RFC 7239 §4</a>
 */
final class ExternalUrl {

    private static final Pattern PAIR =
            Pattern.compile("\\s*([A-Za-z0-9!#$%&'*+.^_`|~-]+)=(?:\"([^\"\\\\]*)\"|([^\"\\\\;,\\s]+))\\s*");
    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::(\\d{1,5}))?");
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");
    private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~+@:=-]{1,128}){0,16}");

    private final Optional<URI> configured;
    private final List<IpNetwork> trustedProxies;
    private final Optional<String> resourceOrigin;

    ExternalUrl(ScopegateConfig config) {
        configured = config.externalUrl().map(url -> URI.create(url.replaceFirst("/+$", "")));
        trustedProxies = config.trustedProxies();
        resourceOrigin = config.resource()
                .map(URI::create)
                .filter(uri -> uri.getHost() != null)
                .flatMap(uri -> origin(uri.getScheme(), uri.getHost(), uri.getPort()));
    }

    /** The address of the application, without a slash at its end; empty if nothing says what it is. */
    Optional<URI> base(Surroundings surroundings) {
        return configured
                .or(() -> forwarded(surroundings))
                .or(() -> resourceOrigin.flatMap(origin -> url(origin, surroundings.contextPath())));
    }

    private Optional<URI> forwarded(Surroundings surroundings) {
        if (!isTrusted(surroundings.peer())) {
            // Anyone else may write what they like into these fields.
            return Optional.empty();
        }
        Optional<String> standard = last(surroundings, "forwarded").flatMap(ExternalUrl::standardOrigin);
        Optional<String> common = commonOrigin(surroundings);
        if (standard.isPresent() && common.isPresent() && !standard.equals(common)) {
            return Optional.empty();
        }
        String prefix = last(surroundings, "x-forwarded-prefix").orElse("");
        return standard.or(() -> common)
                .flatMap(origin -> url(origin, withoutSlash(prefix) + surroundings.contextPath()));
    }

    /** Containers write addresses of IP version 6 with brackets or without, and some with a zone. */
    private boolean isTrusted(String peer) {
        String address = peer.startsWith("[") && peer.endsWith("]") ? peer.substring(1, peer.length() - 1) : peer;
        int zone = address.indexOf('%');
        String literal = zone < 0 ? address : address.substring(0, zone);
        return trustedProxies.stream().anyMatch(network -> network.contains(literal));
    }

    /** What {@code Forwarded} says, in an element such as {@code for=192.0.2.1;proto=https;host=api.example.com}. */
    private static Optional<String> standardOrigin(String element) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : element.split(";", 8)) {
            Matcher matcher = PAIR.matcher(pair);
            if (pair.isBlank()) {
                continue;
            }
            // The end of a quoted text that was cut at its comma would be read as a parameter.
            if (!matcher.matches()
                    || parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), value(matcher)) != null) {
                return Optional.empty();
            }
        }
        return origin(parameters.getOrDefault("proto", ""), parameters.getOrDefault("host", ""), -1);
    }

    private static String value(Matcher pair) {
        String quoted = pair.group(2);
        return quoted == null ? pair.group(3) : quoted;
    }

    /** What the fields say that were common before there was a standard. */
    private static Optional<String> commonOrigin(Surroundings surroundings) {
        String port = last(surroundings, "x-forwarded-port").orElse("-1");
        return PORT.matcher(port).matches() || port.equals("-1")
                ? origin(
                        last(surroundings, "x-forwarded-proto").orElse(""),
                        last(surroundings, "x-forwarded-host").orElse(""),
                        Integer.parseInt(port))
                : Optional.empty();
    }

    /**
     * Scheme, host and port, in lower case and without the port that goes without saying.
     *
     * @param port counts where {@code host} says none; -1 if none is known
     */
    private static Optional<String> origin(String scheme, String host, int port) {
        String protocol = scheme.toLowerCase(Locale.ROOT);
        Matcher matcher = HOST.matcher(host);
        if (!(protocol.equals("https") || protocol.equals("http")) || !matcher.matches()) {
            return Optional.empty();
        }
        int number = matcher.group(2) == null ? port : Integer.parseInt(matcher.group(2));
        if (number != -1 && (number < 1 || number > 65_535)) {
            return Optional.empty();
        }
        boolean implied = number == (protocol.equals("https") ? 443 : 80);
        try {
            URI uri = new URI(
                    protocol, null, matcher.group(1).toLowerCase(Locale.ROOT), implied ? -1 : number, null, null, null);
            return Optional.of(uri.toString());
        } catch (URISyntaxException noHost) {
            return Optional.empty();
        }
    }

    /** A context path stands as the client spelled it, so an odd spelling leads to no address rather than into one. */
    private static Optional<URI> url(String origin, String path) {
        return PATH.matcher(path).matches() ? Optional.of(URI.create(origin + path)) : Optional.empty();
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static Optional<String> last(Surroundings surroundings, String field) {
        List<String> values = surroundings.forwarded().getOrDefault(field, List.of());
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String value = values.get(values.size() - 1);
        return Optional.of(value.substring(value.lastIndexOf(',') + 1).strip());
    }
}
