package dev.scopegate.introspection.metadata;

import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.introspection.http.HttpAnswer;
import dev.scopegate.introspection.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * Finds an authorization server's metadata from its issuer identifier. Asks, in this order, {@code
 * issuer/.well-known/openid-configuration}, {@code host/.well-known/oauth-authorization-server/path} and {@code
 * host/.well-known/openid-configuration/path}; a status of the 400s moves it on to the next, anything else but a sound
 * document ends the search.
 *
 * <p>Checks that the document is served with status 200 as {@code application/json}, is one strict JSON object, names the very
 * issuer that was asked for, and gives only https endpoints. Does not check that anything is behind these endpoints, and
 * caches nothing.
 *
 * <p>Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-3">RFC 8414 §3, §3.3</a>
 */
public final class MetadataDiscovery {

    private final BoundedHttpClient http;
    private final Addresses addresses;

    /**
     * A discovery over {@code http}, which is not closed here.
     *
     * @param allowInsecureLoopback whether {@code http://localhost}, {@code http://127.…} and {@code http://[::1]} may stand for an
     *     issuer or endpoint; for development only
     */
    public MetadataDiscovery(BoundedHttpClient http, boolean allowInsecureLoopback) {
        this.http = http;
        this.addresses = new Addresses(allowInsecureLoopback);
    }

    /**
     * The metadata of {@code issuer}.
     *
     * @param issuer the identifier as configured, such as {@code https://login.example.com/realms/contacts}
     * @throws MetadataException if there is no metadata, or nothing of it may be used
     * @throws IOException if the issuer cannot be reached, or is in trouble
     */
    public AuthorizationServerMetadata discover(String issuer) throws IOException {
        URI identifier = addresses
                .issuer(issuer)
                .orElseThrow(() -> new MetadataException("the issuer is no https address without query and fragment"));
        for (URI address : Addresses.wellKnown(identifier)) {
            HttpAnswer answer = http.get(address, "application/json");
            if (answer.status() < 400 || answer.status() > 499) {
                return new MetadataReader(addresses).read(document(answer, address), issuer);
            }
        }
        throw new MetadataException("no metadata at any well-known address of " + identifier.getHost());
    }

    private static Map<String, Object> document(HttpAnswer answer, URI address) throws IOException {
        if (answer.status() != 200) {
            throw new IOException(address.getHost() + " answered discovery with status " + answer.status());
        }
        if (!answer.contentType().equals("application/json")) {
            throw new MetadataException("the metadata at " + address.getHost() + " is not application/json");
        }
        return StrictJson.object(answer.body())
                .orElseThrow(() -> new MetadataException(
                        "the metadata at " + address.getHost() + " is not one strict JSON object"));
    }
}
