package dev.scopegate.introspection.metadata;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a metadata document, of which it uses all or nothing. Immutable. */
final class MetadataReader {

    private final Addresses addresses;

    MetadataReader(Addresses addresses) {
        this.addresses = addresses;
    }

    AuthorizationServerMetadata read(Map<String, Object> document, String issuer) throws MetadataException {
        // RFC 8414 §3.3: if the two differ, nothing from the document may be used. It could be an attacker's own
        // issuer.
        if (!issuer.equals(document.get("issuer"))) {
            throw new MetadataException("the metadata names another issuer");
        }
        return new AuthorizationServerMetadata(
                issuer,
                endpoint(document, "jwks_uri"),
                endpoint(document, "introspection_endpoint"),
                alias(document, "introspection_endpoint"),
                ifSafe(document.get("token_endpoint")),
                strings(document, "introspection_endpoint_auth_methods_supported"),
                advisory(document, "scopes_supported"));
    }

    private Optional<URI> endpoint(Map<String, Object> document, String name) throws MetadataException {
        Object value = document.get(name);
        if (value == null) {
            return Optional.empty();
        }
        Optional<URI> endpoint = ifSafe(value);
        if (endpoint.isEmpty()) {
            throw new MetadataException(name + " in the metadata is no https address");
        }
        return endpoint;
    }

    /** Another place for clients that show a certificate (RFC 8705 §5). */
    private Optional<URI> alias(Map<String, Object> document, String name) {
        return document.get("mtls_endpoint_aliases") instanceof Map<?, ?> aliases
                ? ifSafe(aliases.get(name))
                : Optional.empty();
    }

    /** One that few have a use for, so that the others do not depend on it: what may not be asked counts as not there. */
    private Optional<URI> ifSafe(@Nullable Object value) {
        return value instanceof String text ? addresses.endpoint(text) : Optional.empty();
    }

    /** A list that nothing depends on: one that cannot be read counts as not there. */
    private static List<String> advisory(Map<String, Object> document, String name) {
        return document.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    private static List<String> strings(Map<String, Object> document, String name) throws MetadataException {
        Object value = document.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw new MetadataException(name + " in the metadata is no list");
        }
        List<String> strings = new ArrayList<>();
        for (Object element : list) {
            if (!(element instanceof String text)) {
                throw new MetadataException(name + " in the metadata lists more than strings");
            }
            strings.add(text);
        }
        return strings;
    }
}
