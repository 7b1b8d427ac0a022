package dev.scopegate.introspection.jose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictBase64UrlTest {

    @Test
    void decode_canonicalText_octets() {
        assertThat(StrictBase64Url.decode("_-8")).contains(new byte[] {(byte) 0xff, (byte) 0xef});
        assertThat(StrictBase64Url.decode("AAAA")).contains(new byte[3]);
    }

    @ParameterizedTest
    @Requirement({"RFC7515 §2", "RFC4648 §3.5"})
    @ValueSource(strings = {"", "A", "AA==", "AA=", "AB", "AAB", "/+8", "AA AA", "AAA\n", "A?AA", "é", "AAAAA"})
    void decode_anythingElse_nothing(String text) {
        assertThat(StrictBase64Url.decode(text)).isEmpty();
    }
}
