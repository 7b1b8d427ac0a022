package dev.scopegate.introspection.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What we read is what the library reads that signs and publishes keys elsewhere: random objects, the same each time. */
class JsonDifferentialTest {

    private static final int TEXTS = 5_000;
    private static final int LEVELS = 5;

    private final Random random = new Random(20_261_120);

    @Test
    void object_validText_sameValuesAsNimbus() throws ParseException {
        for (int i = 0; i < TEXTS; i++) {
            String text = object(LEVELS);

            assertThat(StrictJson.object(text))
                    .as(text)
                    .isEqualTo(Optional.of(withoutNulls(JSONObjectUtils.parse(text))));
        }
    }

    @Test
    void object_textWithOneOctetChanged_readOnlyIfNimbusReadsTheSame() throws ParseException {
        int read = 0;
        for (int i = 0; i < TEXTS; i++) {
            byte[] octets = object(2).getBytes(StandardCharsets.UTF_8);
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            Optional<Map<String, Object>> object = StrictJson.object(octets);
            if (object.isPresent()) {
                String text = new String(octets, StandardCharsets.UTF_8);
                assertThat(object).as(text).isEqualTo(Optional.of(withoutNulls(JSONObjectUtils.parse(text))));
                read++;
            }
        }

        assertThat(read).as("texts that the change left valid").isGreaterThan(100);
    }

    private static Map<?, ?> withoutNulls(Map<?, ?> object) {
        Map<Object, Object> copy = new LinkedHashMap<>();
        object.forEach((name, value) -> {
            if (value != null) {
                copy.put(name, withoutNulls(value));
            }
        });
        return copy;
    }

    private static Object withoutNulls(Object value) {
        if (value instanceof Map<?, ?> object) {
            return withoutNulls(object);
        }
        return value instanceof List<?> list
                ? list.stream()
                        .filter(item -> item != null)
                        .map(JsonDifferentialTest::withoutNulls)
                        .toList()
                : value;
    }

    private String object(int levels) {
        // The number in front keeps names apart.
        return IntStream.range(0, random.nextInt(8))
                .mapToObj(i -> blank() + string(i + "") + blank() + ":" + blank() + value(levels - 1) + blank())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private String list(int levels) {
        return IntStream.range(0, random.nextInt(6))
                .mapToObj(i -> blank() + value(levels - 1) + blank())
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String value(int levels) {
        return switch (random.nextInt(levels > 0 ? 8 : 6)) {
            case 0 -> one("true", "false", "null");
            case 1, 2 -> number();
            case 3, 4, 5 -> string("");
            case 6 -> object(levels);
            default -> list(levels);
        };
    }

    private String number() {
        return switch (random.nextInt(5)) {
            case 0 -> String.valueOf(random.nextInt(1_000) - 500);
            case 1 -> String.valueOf(random.nextLong());
            case 2 -> String.valueOf(random.nextDouble() * random.nextInt());
            case 3 -> random.nextInt() + one("e", "E") + one("", "+", "-") + random.nextInt(250);
            default -> random.nextLong() + "" + random.nextInt(10) + one("", ".0", ".25");
        };
    }

    private String string(String start) {
        return IntStream.range(0, random.nextInt(12))
                .mapToObj(i -> one(
                        "a",
                        "Z",
                        " ",
                        "é",
                        "€",
                        "😀",
                        "\u007f",
                        "\\n",
                        "\\\\",
                        "\\\"",
                        "\\/",
                        "\\u0041",
                        "\\ud83d\\ude00"))
                .collect(Collectors.joining("", "\"" + start, "\""));
    }

    private String blank() {
        return one("", "", "", " ", "\t", "\r\n");
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
