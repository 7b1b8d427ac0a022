package dev.scopegate.introspection.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @Test
    void object_nestedValues_unmodifiableWithoutNulls() {
        assertThat(StrictJson.object(bytes("{\"a\":[1,null,{\"b\":null,\"c\":1.5}],\"d\":null}")))
                .get()
                .hasToString("{a=[1, {c=1.5}]}");
    }

    @ParameterizedTest
    @Requirement({"RFC7519 §4", "RFC7515 §4", "RFC7519 §7.2"})
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "\"x\"",
                "1",
                "null",
                "true",
                "{}{}",
                "{} x",
                "{'a':1}",
                "{a:1}",
                "{\"a\":1,}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":+1}",
                "{\"a\":0x1}",
                "{\"a\":01}",
                "{\"a\":1 /* c */}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"x\":{\"a\":1,\"a\":2}}",
                "{\"x\":[{\"a\":1,\"\\u0061\":2}]}",
                "[[\"a\",1]]",
                "{\"a\":1e1000000000}"
            })
    void object_anythingElse_nothing(String text) {
        assertThat(StrictJson.object(bytes(text))).isEmpty();
    }

    @Test
    void object_sameNameInDifferentObjects_read() {
        assertThat(StrictJson.object(bytes("{\"a\":{\"a\":[{\"a\":1},{\"a\":\"a\"}]},\"b\":\"\\\"a\\\\\"}")))
                .get()
                .hasToString("{a={a=[{a=1}, {a=a}]}, b=\"a\\}");
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 33})
    void object_nestedToTheLimit_readAndOneDeeperNot(int depth) {
        String json = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);

        assertThat(StrictJson.object(bytes(json)).isPresent()).isEqualTo(depth <= 32);
    }

    @Test
    @Requirement("RFC8725 §3.7")
    void object_invalidUtf8_nothing() {
        assertThat(StrictJson.object(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}))
                .isEmpty();
        assertThat(StrictJson.object(new byte[] {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'}))
                .isEmpty();
    }

    @Test
    void object_deepNesting_nothingAndNoOverflow() {
        assertThat(StrictJson.object(bytes("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}")))
                .isEmpty();
        assertThat(StrictJson.object(bytes("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000))))
                .isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
