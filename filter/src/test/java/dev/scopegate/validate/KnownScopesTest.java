package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.test.Requirement;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownScopesTest {

    private final KnownScopes known = new KnownScopes();

    @ParameterizedTest
    @CsvSource({
        "'read',          read",
        "'read write',    read write",
        "'write read',    write read",
        "' read  write ', read write",
        "'read read',     read",
        "'',              ''",
        "' ',             ''",
        // A tab divides nothing: it is no part of the grammar of scopes.
        "'read\twrite',   'read\twrite'",
    })
    @Requirement("RFC6749 §3.3")
    void in_text_holdsItsWordsInOrder(String text, String words) {
        assertThat(String.join(" ", known.in(text))).isEqualTo(words);
        // Remembered or read: no difference.
        assertThat(String.join(" ", known.in(text))).isEqualTo(words);
    }

    @Test
    void in_sameText_isTheSameSet_andAnotherTextIsNot() {
        Set<String> first = known.in("read write");

        assertThat(known.in(String.join(" ", "read", "write"))).isSameAs(first);
        assertThat(known.in("read write ")).isNotSameAs(first);
        assertThat(known.in("read Write")).doesNotContain("write");
    }

    @Test
    void in_longText_isReadButNotRemembered() {
        String text = "s".repeat(600) + " read";

        assertThat(known.in(text)).contains("read").isNotSameAs(known.in(text)).isEqualTo(known.in(text));
    }

    @Test
    void in_anyText_cannotBeChangedByWhoeverHasIt() {
        assertThatThrownBy(() -> known.in("read").add("write")).isInstanceOf(UnsupportedOperationException.class);
    }
}
