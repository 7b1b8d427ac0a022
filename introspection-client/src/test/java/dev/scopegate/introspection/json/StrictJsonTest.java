package dev.scopegate.introspection.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.test.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @Test
    void object_nestedValues_unmodifiableWithoutNulls() {
        Map<String, Object> object = read("{\"a\":[1,null,{\"b\":null,\"c\":1.5}],\"d\":null,\"e\":{}}");

        assertThat(object).hasToString("{a=[1, {c=1.5}], e={}}");
        assertThatThrownBy(object::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(((List<?>) object.get("a"))::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((Map<?, ?>) ((List<?>) object.get("a")).get(1)).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void object_members_inTheOrderOfTheText() {
        assertThat(read("{\"z\":1,\"y\":2,\"x\":3,\"a\":4}").keySet()).containsExactly("z", "y", "x", "a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "`\"\"` -> ``",
                "`\"a\\u0062\\n\\\"\\\\\\/\\b\\f\\r\\t\"` -> `ab\n\"\\/\b\f\r\t`",
                "\"\\u00e9\\u00E9é\" -> ééé",
                "\"\\uD83D\\uDE00\" -> 😀",
                "\"😀\\u0041\" -> 😀A",
                "\"\\uFFFF\u007f\" -> \uffff\u007f",
            })
    void object_strings_unescaped(String json, String expected) {
        assertThat(read("{\"a\":" + json + "}")).isEqualTo(Map.of("a", expected));
        assertThat(read("{" + json + ":\"a\"}")).isEqualTo(Map.of(expected, "a"));
    }

    @ParameterizedTest
    @Requirement("RFC8725 §3.7")
    @ValueSource(
            strings = {
                "\"",
                "\"a",
                "\"\\",
                "\"\\\"",
                "\"\\x\"",
                "\"\\é\"",
                "\"\\'\"",
                "\"\\u\"",
                "\"\\u00e\"",
                "\"\\u00eg\"",
                "\"\\U00e9\"",
                "\"\\u００ｅ９\"",
                "\"\\u+123\"",
                "\"\t\"",
                "\"\n\"",
                "\"\u0000\"",
                "\"\u001f\"",
                "\"\\ud83d\"",
                "\"\\ude00\"",
                "\"\\ude00\\ud83d\"",
                "\"\\ud83d\\ud83d\\ude00\"",
                "\"\\ud83dx\\ude00\"",
                "\"\\ud83d😀\"",
                "'a'",
                "a"
            })
    void object_brokenStrings_nothing(String json) {
        assertThat(StrictJson.object("{\"a\":" + json + "}")).isEmpty();
        assertThat(StrictJson.object("{" + json + ":1}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "7, 7",
        "-7, -7",
        "999999999999999999, 999999999999999999",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
    })
    void object_wholeNumbers_long(String json, long expected) {
        assertThat(read("{\"a\":" + json + "}")).isEqualTo(Map.of("a", expected));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0",
        "-0.0, -0.0",
        "1.0, 1.0",
        "1e0, 1.0",
        "1E+2, 100.0",
        "15e-1, 1.5",
        "9223372036854775808, 9.223372036854775807E18",
        "-9223372036854775809, -9.223372036854775807E18",
        "12345678901234567890123, 1.2345678901234568E22",
        "1e308, 1e308",
        "1e-400, 0.0",
    })
    void object_otherNumbers_nearestDouble(String json, double expected) {
        assertThat(read("{\"a\":" + json + "}")).isEqualTo(Map.of("a", expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1",
                "-",
                "01",
                "-01",
                "00",
                "1.",
                ".5",
                "-.5",
                "1.e1",
                "1e",
                "1e+",
                "1e+-1",
                "1ee1",
                "1.2.3",
                "0x1",
                "1_0",
                "1f",
                "1d",
                "1L",
                "١",
                "NaN",
                "-NaN",
                "Infinity",
                "-Infinity",
                "1e309",
                "-1e309",
                "1e400",
                "1e1000000000",
                "1 2",
                "1-1"
            })
    void object_brokenNumbers_nothing(String json) {
        assertThat(StrictJson.object("{\"a\":" + json + "}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1, 64, ''",
        "-, 1, 64, ''",
        "0., 1, 64, ''",
        "0.000, 1, 64, ''",
        "1., 0, 63, ''",
        "1., 0, 62, e5",
        "0., 0, 126, ''",
    })
    void object_numberAsLongAsAllowed_readAndOneDigitMoreNot(String before, String digit, int digits, String after) {
        String number = before + digit.repeat(digits);

        assertThat(StrictJson.object("{\"a\":" + number + after + "}")).isPresent();
        assertThat(StrictJson.object("{\"a\":" + number + digit + after + "}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "null", " true ", "\t\n\r null"})
    void object_words_read(String json) {
        assertThat(StrictJson.object("{\"a\":" + json + "}")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"True", "TRUE", "tru", "truee", "nul", "nullx", "nil", "undefined", "t", "n", "f"})
    void object_otherWords_nothing(String json) {
        assertThat(StrictJson.object("{\"a\":" + json + "}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", " {\t}\n", "{\"a\":[]}", "\r\n{ \"a\" : [ 1 , 2 ] , \"b\" : { \"c\" : true } } \t"})
    void object_anyWhiteSpace_read(String text) {
        assertThat(StrictJson.object(bytes(text))).isPresent().isEqualTo(StrictJson.object(text));
    }

    @ParameterizedTest
    @Requirement({"RFC7519 §7.2", "RFC7515 §4"})
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "[{}]",
                "\"x\"",
                "1",
                "null",
                "true",
                "{",
                "}",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":[1",
                "{\"a\":[1}",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[1 2]}",
                "{}{}",
                "{} x",
                "{}\0",
                "{},",
                "{}}",
                "{'a':1}",
                "{a:1}",
                "{1:1}",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\" 1}",
                "{\"a\",1}",
                "{\"a\"::1}",
                "{\"a\":1;\"b\":2}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1 /* c */}",
                "{\"a\":1}// c",
                "{\"a\":1}#",
                "\ufeff{\"a\":1}",
                "{\u00a0\"a\":1}",
                "{\f\"a\":1}",
                "[[\"a\",1]]",
                "(\"a\")"
            })
    void object_anythingElse_nothing(String text) {
        assertThat(StrictJson.object(bytes(text))).isEmpty();
        assertThat(StrictJson.object(text)).isEmpty();
    }

    @ParameterizedTest
    @Requirement("RFC7519 §4")
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"b\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"\\u00e9\":1,\"é\":2}",
                "{\"\":1,\"\":2}",
                "{\"a\":null,\"a\":1}",
                "{\"a\":1,\"a\":null}",
                "{\"a\":null,\"a\":null}",
                "{\"x\":{\"a\":1,\"a\":2}}",
                "{\"x\":[[{\"a\":1,\"\\u0061\":2}]]}",
            })
    void object_nameTwice_nothing(String text) {
        assertThat(StrictJson.object(bytes(text))).isEmpty();
    }

    @Test
    void object_sameNameInDifferentObjects_read() {
        assertThat(read("{\"a\":{\"a\":[{\"a\":1},{\"a\":\"a\"}]},\"A\":0,\"b\":\"\\\"a\\\\\"}"))
                .hasToString("{a={a=[{a=1}, {a=a}]}, A=0, b=\"a\\}");
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 33})
    void object_nestedToTheLimit_readAndOneDeeperNot(int depth) {
        String objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
        String lists = "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
        String empty = "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);

        assertThat(List.of(objects, lists, empty))
                .allSatisfy(
                        json -> assertThat(StrictJson.object(json).isPresent()).isEqualTo(depth <= 32));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_001})
    void object_membersToTheLimit_readAndOneMoreNot(int members) {
        String flat = IntStream.range(0, members)
                .mapToObj(i -> "\"" + i + "\":null")
                .collect(Collectors.joining(",", "{", "}"));
        // One member holds the list; the others are spread over objects of their own.
        String spread = "{\"a\":[" + "{\"b\":1},".repeat(members - 2) + "{\"b\":1}]}";

        assertThat(List.of(flat, spread))
                .allSatisfy(
                        json -> assertThat(StrictJson.object(json).isPresent()).isEqualTo(members <= 1_000));
    }

    @Test
    void object_itemsOfLists_asManyAsTheTextHolds() {
        String items = "1,".repeat(5_000) + "1";

        assertThat(read("{\"a\":[" + items + "]}").get("a"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(5_001);
    }

    @ParameterizedTest
    @Requirement("RFC8725 §3.7")
    @CsvSource({
        "a byte that no text has, ff",
        "a continuation alone, 80",
        "a sequence cut off, c3",
        "an overlong slash, c0af",
        "an overlong zero, c080",
        "an overlong slash of three, e080af",
        "half a pair encoded, eda0bd",
        "a pair encoded by its halves, eda0bdedb880",
        "beyond the last code point, f4908080",
        "five octets, f888808080",
        "Latin-1, e9",
    })
    void object_invalidUtf8_nothing(String what, String hex) {
        for (String text :
                List.of("{\"a\":\"%\"}", "{\"%\":1}", "{\"a\":\"\\n%\"}", "{\"a\":\"\\%\"}", "{%}", "%{}", "{}%")) {
            byte[] octets = with(text, hex);

            assertThat(StrictJson.object(octets)).as(what + " in " + text).isEmpty();
        }
    }

    @Test
    void object_validUtf8_read() {
        for (String hex : List.of("c3a9", "e282ac", "f09f9880", "f48fbfbf", "efbfbd", "ed9fbf", "ee8080", "c280")) {
            byte[] octets = with("{\"a\":\"%\"}", hex);

            assertThat(StrictJson.object(octets))
                    .isEqualTo(
                            Optional.of(Map.of("a", new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8))));
        }
    }

    @Test
    void object_textWithHalfAPair_nothing() {
        assertThat(StrictJson.object("{\"a\":\"\ud83d\"}")).isEmpty();
        assertThat(StrictJson.object("{\"a\":\"\ud83d\ude00\"}")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[", "{\"a\":", "{\"a\":[", "\"\\u0061", "\\u0061", "1", "0.0", "-", " ", "1,", "[1],", "\"\\"})
    void object_millionsOfOctets_nothingAndNoOverflow(String part) {
        byte[] octets = bytes("{\"a\":" + part.repeat(2_000_000 / part.length()));

        assertThat(StrictJson.object(octets)).isEmpty();
    }

    @Test
    void object_longStrings_read() {
        int length = 200_000;

        assertThat(read("{\"a\":\"" + "\\u0061".repeat(length) + "\"}")).isEqualTo(Map.of("a", "a".repeat(length)));
        assertThat(read("{\"a\":\"" + "é".repeat(length) + "\"}")).isEqualTo(Map.of("a", "é".repeat(length)));
    }

    @Test
    void object_everyCutOfAText_nothing() {
        byte[] whole = bytes("{\"a\":[1,-2.5e3,\"é\\u00e9\\n\",true,null,{\"b\":{}}]}");

        assertThat(StrictJson.object(whole)).isPresent();
        for (int length = 0; length < whole.length; length++) {
            assertThat(StrictJson.object(Arrays.copyOf(whole, length))).isEmpty();
        }
    }

    private static Map<String, Object> read(String text) {
        return StrictJson.object(bytes(text)).orElseThrow();
    }

    private static byte[] with(String text, String hex) {
        // Latin-1 keeps the octets as they are: the texts around them are ASCII.
        String octets = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
        return text.replace("%", octets).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
