package dev.scopegate.introspection.metadata;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
                strings(document, "introspection_endpoint_auth_methods_supported"),
                advisory(document, "scopes_supported"));
    }

    private Optional<URI> endpoint(Map<String, Object> document, String name) throws MetadataException {
        Object value = document.get(name);
        if (value == null) {
            return Optional.empty();
        }
        Optional<URI> endpoint = value instanceof String text ? addresses.endpoint(text) : Optional.empty();
        if (endpoint.isEmpty()) {
            throw new MetadataException(name + " in the metadata is no https address");
        }
        return endpoint;
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
