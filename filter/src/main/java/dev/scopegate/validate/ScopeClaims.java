package dev.scopegate.validate;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an issuer's tokens say their scopes, and in which forms.
 *
 * <p>Immutable.
 *
 * @param names the claims, in order of preference: the first that is there counts
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068#section-2.2.3">RFC 9068 §2.2.3</a>
 */
record ScopeClaims(List<String> names) {

    /** The scopes of the first scope claim that is there; empty if its form is not one of scopes. */
    Optional<Set<String>> read(Map<String, Object> claims, boolean listAllowed) {
        for (String name : names) {
            Object value = claims.get(name);
            if (value instanceof String text) {
                return Optional.of(words(List.of(text.split(" "))));
            }
            if (value instanceof List<?> && !listAllowed) {
                // RFC 7662 §2.2 knows only a string: what a list means there is anyone's guess, so it grants nothing.
                return Optional.of(Set.of());
            }
            if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
                return Optional.of(words(list));
            }
            if (value != null) {
                return Optional.empty();
            }
        }
        return Optional.of(Set.of());
    }

    static Set<String> words(List<?> items) {
        Set<String> words = new LinkedHashSet<>();
        for (Object item : items) {
            if (item instanceof String word && !word.isEmpty()) {
                words.add(word);
            }
        }
        return Collections.unmodifiableSet(words);
    }

    /** Whether anything is said of scopes, in whatever form. */
    boolean areIn(Map<String, Object> claims) {
        return names.stream().anyMatch(claims::containsKey);
    }
}
