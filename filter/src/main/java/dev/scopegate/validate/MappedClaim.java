package dev.scopegate.validate;

import dev.scopegate.config.ClaimMapping;
import dev.scopegate.model.ScopeToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A claim whose values are scopes, with a prefix before each: roles, groups, entitlements. A text is split at spaces; of a
 * list, each text is a value, and each object with a text {@code value}, as SCIM has them. Whatever else there is grants
 * nothing: that locks out nobody who is let in otherwise, and lets in nobody.
 *
 * <p>Does not tell values that a user may choose from those that an administrator does. Immutable.
 *
 * @param path the name of the claim, or the names on the way to it with dots between them
 * @param prefix what stands before each value
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068#section-2.2.3.1">RFC 9068 §2.2.3.1</a>
 */
record MappedClaim(String path, String prefix) {

    static MappedClaim of(ClaimMapping mapping) {
        return new MappedClaim(mapping.claim(), mapping.prefix());
    }

    /** Adds the scopes that {@code claims} grant by this claim. */
    void addTo(Set<String> scopes, Map<String, Object> claims) {
        Consumer<String> add = value -> {
            // A value with a space in it must not become two scopes.
            if (ScopeToken.is(value)) {
                scopes.add(prefix + value);
            }
        };
        Object claim = find(claims, path).orElse("");
        if (claim instanceof String text) {
            List.of(text.split(" ", -1)).forEach(add);
        } else if (claim instanceof List<?> items) {
            items.forEach(item -> text(item).ifPresent(add));
        }
    }

    private static Optional<String> text(Object item) {
        Object value = item instanceof Map<?, ?> object && object.containsKey("value") ? object.get("value") : item;
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /**
     * Whether {@code claims} say anything of it: if only an object on the way is there, the claim was left out of that object,
     * and so says that there are no values.
     */
    boolean isIn(Map<String, Object> claims) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('.', end - 1)) {
            if (claims.containsKey(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    /** What stands at {@code rest}. Names may hold dots, so the longest that is there is tried first, at every level. */
    private static Optional<Object> find(Map<?, ?> object, String rest) {
        Object whole = object.get(rest);
        if (whole != null) {
            return Optional.of(whole);
        }
        for (int dot = rest.lastIndexOf('.'); dot > 0; dot = rest.lastIndexOf('.', dot - 1)) {
            if (object.get(rest.substring(0, dot)) instanceof Map<?, ?> inner) {
                Optional<Object> found = find(inner, rest.substring(dot + 1));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
