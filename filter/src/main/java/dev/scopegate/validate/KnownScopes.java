package dev.scopegate.validate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The sets of scopes that texts mean: the tokens of one client mostly have the same scopes, to the letter, and so they share one
 * set, which is read once, held once, and near at hand when it is looked into. Asked only about what an issuer vouches for.
 *
 * <p>Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749 §3.3</a>
 */
final class KnownScopes {

    /** More than most issuers have clients; the least used ones are made anew. */
    private static final int MAX_TEXTS = 1_000;

    /** Longer texts are rare, and would take the place of many. */
    private static final int LONGEST_TEXT = 500;

    private final Cache<String, Set<String>> read =
            Caffeine.newBuilder().maximumSize(MAX_TEXTS).executor(Runnable::run).build();

    /** The words of {@code text}, between spaces, in their order; unmodifiable. */
    Set<String> in(String text) {
        Set<String> known = read.getIfPresent(text);
        return known == null ? remember(text, words(Arrays.asList(text.split(" ")))) : known;
    }

    private Set<String> remember(String text, Set<String> words) {
        if (text.length() <= LONGEST_TEXT) {
            read.put(text, words);
        }
        return words;
    }

    /** The words that are not empty, in their order; unmodifiable. */
    static Set<String> words(Collection<String> items) {
        Set<String> words = new LinkedHashSet<>(items);
        words.remove("");
        return Collections.unmodifiableSet(words);
    }
}
