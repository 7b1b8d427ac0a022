package dev.scopegate.challenge;

import dev.scopegate.model.Answer;
import dev.scopegate.model.Answer.Header;
import java.net.URI;
import java.util.Collection;
import java.util.List;
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

    private final String url;
    private final String path;
    private final Answer document;

    /**
     * The metadata of a resource.
     *
     * @param resource the resource identifier, an absolute URI
     * @param authorizationServers the issuers that are trusted
     * @param scopes the scopes that routes require
     */
    public ResourceMetadata(String resource, Collection<String> authorizationServers, Collection<String> scopes) {
        URI uri = URI.create(resource);
        String resourcePath = uri.getRawPath() == null || uri.getRawPath().equals("/") ? "" : uri.getRawPath();
        this.path = WELL_KNOWN + resourcePath;
        this.url = uri.getScheme() + "://" + uri.getRawAuthority() + path
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        this.document = new Answer(
                200,
                List.of(
                        new Header("Cache-Control", "public, max-age=300"),
                        new Header("Access-Control-Allow-Origin", "*")),
                "application/json",
                json(resource, authorizationServers, scopes));
    }

    /** Where clients find the document, as challenges name it. */
    public String url() {
        return url;
    }

    /** Whether {@code method} and {@code path} ask for the document; its short form answers below a context path. */
    public boolean isAskedFor(String method, String path) {
        return (path.equals(this.path) || path.equals(WELL_KNOWN)) && (method.equals("GET") || method.equals("HEAD"));
    }

    /** The document. */
    public Answer document() {
        return document;
    }

    private static String json(String resource, Collection<String> authorizationServers, Collection<String> scopes) {
        return "{\"resource\":" + text(resource)
                + (authorizationServers.isEmpty() ? "" : ",\"authorization_servers\":" + list(authorizationServers))
                + (scopes.isEmpty() ? "" : ",\"scopes_supported\":" + list(scopes))
                + ",\"bearer_methods_supported\":[\"header\"]}";
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
