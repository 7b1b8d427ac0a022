package dev.scopegate.challenge;

import dev.scopegate.model.Answer;
import dev.scopegate.model.Answer.Header;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.Transport;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The protected resource metadata: what a client has to know to get a token for this resource. Made from configuration
 * alone, once, so that no header of a request can change what clients are told.
 *
 * <p>Immutable; safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-3">RFC 9728 §3</a>
 */
public final class ResourceMetadata {

    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    private final String path;
    private final String query;
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
        String resourcePath = uri.getRawPath() == null || uri.getRawPath().equals("/") ? "" : uri.getRawPath();
        this.path = WELL_KNOWN + resourcePath;
        this.query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        this.document = new Answer(
                200,
                List.of(
                        new Header("Cache-Control", "public, max-age=300"),
                        new Header("Access-Control-Allow-Origin", "*")),
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
        return base + (atRoot ? path + query : WELL_KNOWN);
    }

    /** The answer to a request for the document; empty if the request is for something else. */
    public Optional<Answer> answer(RequestSnapshot request) {
        boolean asked = (request.path().equals(path) || request.path().equals(WELL_KNOWN))
                && (request.method().equals("GET") || request.method().equals("HEAD"));
        return asked ? Optional.of(document) : Optional.empty();
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
        return "{\"resource\":" + text(resource)
                + name.map(text -> ",\"resource_name\":" + text(text)).orElse("")
                + (authorizationServers.isEmpty() ? "" : ",\"authorization_servers\":" + list(authorizationServers))
                + (scopes.isEmpty() ? "" : ",\"scopes_supported\":" + list(scopes))
                + ",\"bearer_methods_supported\":" + list(methods) + "}";
    }

    private static String list(Collection<String> texts) {
        return texts.stream().map(ResourceMetadata::text).collect(Collectors.joining(",", "[", "]"));
    }

    /** Identifiers and scopes hold no quotes, backslashes or control characters: the configuration was checked. */
    private static String text(String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c > '~' || c == '"' || c == '\\')) {
            throw new IllegalArgumentException("a character that the metadata cannot hold");
        }
        return '"' + value + '"';
    }
}
