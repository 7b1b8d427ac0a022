package dev.scopegate.model;

import java.util.Collection;
import java.util.regex.Pattern;

/**
 * The grammar of one scope: {@code 1*( %x21 / %x23-5B / %x5D-7E )}. What has a space in it is no scope but several.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749 §3.3</a>
 */
public final class ScopeToken {

    private static final Pattern GRAMMAR = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    private ScopeToken() {}

    /** Whether {@code text} is one scope. */
    public static boolean is(String text) {
        return GRAMMAR.matcher(text).matches();
    }

    /** Whether each of {@code texts} is one scope. */
    public static boolean areAll(Collection<String> texts) {
        return texts.stream().allMatch(ScopeToken::is);
    }
}
