package dev.scopegate.challenge;

import dev.scopegate.model.Answer;
import dev.scopegate.model.Answer.Header;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.Transport;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The protected resource metadata: what a client has to know to get a token for this resource. Made from configuration
 * alone, once, so that no header of a request can change what clients are told. Scripts of other origins may read it.
 *
 * <p>Says nothing of DPoP and mutual TLS: proofs are not checked.
 *
 * <p>Immutable; safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-3">RFC 9728 §3</a>
 */
public final class ResourceMetadata {

    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
    private static final Header READABLE_BY_ALL = new Header("Access-Control-Allow-Origin", "*");

    /** Browsers ask before they send fields of their own, such as the version of a protocol; this changes nothing. */
    private static final Answer PREFLIGHT = new Answer(
            204,
            List.of(
                    READABLE_BY_ALL,
                    new Header("Access-Control-Allow-Methods", "GET, HEAD"),
                    new Header("Access-Control-Allow-Headers", "*"),
                    new Header("Access-Control-Max-Age", "3600")),
            "text/plain",
            "");

    private final String suffix;
    private final Set<String> paths;
    private final Answer document;

    /**
     * The metadata of a resource.
     *
     * @param resource the resource identifier, an absolute URI
     * @param name the name of the resource for people, if it has one
     * @param authorizationServers the issuers that are trusted
     * @param scopes the scopes that routes require
     * @param transports where a token may stand
     */
    public ResourceMetadata(
            String resource,
            Optional<String> name,
            Collection<String> authorizationServers,
            Collection<String> scopes,
            Collection<Transport> transports) {
        URI uri = URI.create(resource);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        // Only where the identifier is a URL can its document stand beside it.
        this.suffix = isWeb(uri) ? pathOrNone(uri.getRawPath()) + query : "";
        // Containers say paths decoded.
        String path = isWeb(uri) ? pathOrNone(uri.getPath()) : "";
        this.paths = Set.copyOf(List.of(WELL_KNOWN, withoutSlash(WELL_KNOWN + path)));
        this.document = new Answer(
                200,
                List.of(
                        new Header("Cache-Control", "public, max-age=300"),
                        READABLE_BY_ALL,
                        new Header("X-Content-Type-Options", "nosniff")),
                "application/json",
                json(resource, name, authorizationServers, scopes, transports));
    }

    /**
     * Where clients find the document, as challenges name it.
     *
     * @param base what clients see as the address of the application, such as {@code https://api.example.com} or, below a
     *     context path, {@code https://api.example.com/app}
     */
    public String url(URI base) {
        boolean atRoot = base.getRawPath() == null || base.getRawPath().isEmpty();
        // Below a path, the place that the RFC derives belongs to whoever has the root of the host.
        return base + WELL_KNOWN + (atRoot ? suffix : "");
    }

    /**
     * The answer to a request for the document, or to the question of a browser whether a script may make one; empty if the
     * request is for something else, or uses another method: then the rules judge it.
     */
    public Optional<Answer> answer(RequestSnapshot request) {
        if (!paths.contains(withoutSlash(request.path()))) {
            return Optional.empty();
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> Optional.of(document);
            case "OPTIONS" -> request.preflight() ? Optional.of(PREFLIGHT) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static String json(
            String resource,
            Optional<String> name,
            Collection<String> authorizationServers,
            Collection<String> scopes,
            Collection<Transport> transports) {
        List<String> methods = transports.stream()
                .filter(transport -> transport.kind() != Transport.Kind.COOKIE)
                .map(transport -> transport.kind() == Transport.Kind.FORM ? "body" : transport.toString())
                .distinct()
                .toList();
        return "{\"resource\":" + JsonText.string(resource)
                + name.map(text -> ",\"resource_name\":" + JsonText.string(text))
                        .orElse("")
                + (authorizationServers.isEmpty()
                        ? ""
                        : ",\"authorization_servers\":" + JsonText.array(authorizationServers))
                + (scopes.isEmpty() ? "" : ",\"scopes_supported\":" + JsonText.array(scopes))
                + ",\"bearer_methods_supported\":" + JsonText.array(methods) + "}";
    }

    private static boolean isWeb(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
    }

    /** RFC 9728 §3.1: a slash that follows the host and ends the identifier is left out. */
    private static String pathOrNone(String path) {
        return path.equals("/") ? "" : path;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
