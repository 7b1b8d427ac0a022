package dev.scopegate;

import dev.scopegate.config.IpNetwork;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.model.Surroundings;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What clients see as the address of the application: the one answer to that question, for whatever has to name it. In
 * this order: {@code external-url}; what a trusted proxy says in {@code Forwarded}, or else in {@code X-Forwarded-*}; the
 * origin of the resource identifier, and the context path.
 *
 * <p>Of a field that several proxies added to, the last value counts: the trusted proxy itself wrote it, while everything
 * before may be a client's invention. Never chooses a rule. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239#section-4">RFC 7239 §4</a>
 */
final class ExternalUrl {

    private static final Pattern PAIR = Pattern.compile("\\s*([A-Za-z]+)=(?:\"([^\"\\\\]*)\"|([^\";,\\s]*))\\s*");
    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::\\d{1,5})?");
    private static final Pattern PREFIX = Pattern.compile("(?:/[A-Za-z0-9._~-]{1,128}){1,16}");

    private final Optional<URI> configured;
    private final List<IpNetwork> trustedProxies;
    private final Optional<String> resourceOrigin;

    ExternalUrl(ScopegateConfig config) {
        configured = config.externalUrl().map(url -> URI.create(url.replaceFirst("/+$", "")));
        trustedProxies = config.trustedProxies();
        resourceOrigin = config.resource().map(URI::create).flatMap(ExternalUrl::origin);
    }

    /** The address of the application, without a slash at its end; empty if nothing says what it is. */
    Optional<URI> base(Surroundings surroundings) {
        return configured
                .or(() -> forwarded(surroundings))
                .or(() -> resourceOrigin.map(origin -> URI.create(origin + surroundings.contextPath())));
    }

    private static Optional<String> origin(URI uri) {
        boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        return web && uri.getRawAuthority() != null
                ? Optional.of(uri.getScheme() + "://" + uri.getRawAuthority())
                : Optional.empty();
    }

    private Optional<URI> forwarded(Surroundings surroundings) {
        if (trustedProxies.stream().noneMatch(network -> network.contains(surroundings.peer()))) {
            // Anyone else may write what they like into these fields.
            return Optional.empty();
        }
        Optional<String> standard = last(surroundings, "forwarded");
        Optional<String> scheme = standard.map(element -> parameter(element, "proto"))
                .orElseGet(() -> last(surroundings, "x-forwarded-proto"))
                .map(text -> text.toLowerCase(Locale.ROOT))
                .filter(text -> text.equals("https") || text.equals("http"));
        Optional<String> host = standard.map(element -> parameter(element, "host"))
                .orElseGet(() -> last(surroundings, "x-forwarded-host").map(name -> withPort(name, surroundings)))
                .filter(text -> HOST.matcher(text).matches());
        String prefix = last(surroundings, "x-forwarded-prefix")
                .filter(text -> PREFIX.matcher(text).matches())
                .orElse("");
        return scheme.flatMap(
                proto -> host.map(name -> URI.create(proto + "://" + name + prefix + surroundings.contextPath())));
    }

    /** {@code X-Forwarded-Port} completes a host that names no port of its own. */
    private static String withPort(String host, Surroundings surroundings) {
        return last(surroundings, "x-forwarded-port")
                .filter(port -> port.matches("\\d{1,5}") && !port.equals("443") && !port.equals("80"))
                .filter(port -> !host.matches(".*:\\d+"))
                .map(port -> host + ":" + port)
                .orElse(host);
    }

    private static Optional<String> last(Surroundings surroundings, String field) {
        List<String> values = surroundings.forwarded().getOrDefault(field, List.of());
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String value = values.get(values.size() - 1);
        return Optional.of(value.substring(value.lastIndexOf(',') + 1).strip());
    }

    /** One parameter of an element of {@code Forwarded}, such as {@code proto=https;host=api.example.com}. */
    private static Optional<String> parameter(String element, String name) {
        for (String pair : element.split(";", 8)) {
            Matcher matcher = PAIR.matcher(pair);
            if (matcher.matches() && matcher.group(1).equalsIgnoreCase(name)) {
                return Optional.ofNullable(matcher.group(2)).or(() -> Optional.ofNullable(matcher.group(3)));
            }
        }
        return Optional.empty();
    }
}
