package dev.scopegate.introspection.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {

    private static HttpAnswer answer(byte[] body) {
        return new HttpAnswer(200, "application/json", Optional.of(Duration.ofSeconds(5)), Optional.empty(), body);
    }

    @Test
    void bodyAsUtf8_utf8_isTheText() throws CharacterCodingException {
        assertThat(answer("é€😀".getBytes(UTF_8)).bodyAsUtf8()).isEqualTo("é€😀");
        assertThat(answer(new byte[0]).bodyAsUtf8()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c0af", "eda080", "e282", "f8888080"})
    void bodyAsUtf8_somethingElse_refusedInsteadOfReplaced(String hex) {
        byte[] bytes = new BigInteger("00" + hex, 16).toByteArray();
        byte[] body = Arrays.copyOfRange(bytes, bytes.length - hex.length() / 2, bytes.length);

        assertThatThrownBy(() -> answer(body).bodyAsUtf8()).isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void body_changedByTheCaller_staysAsItWas() {
        byte[] given = {1, 2, 3};
        HttpAnswer answer = answer(given);

        given[0] = 9;
        answer.body()[1] = 9;

        assertThat(answer.body()).containsExactly(1, 2, 3);
    }

    @Test
    void equals_sameBytes_equal() {
        assertThat(answer(new byte[] {1}))
                .isEqualTo(answer(new byte[] {1}))
                .hasSameHashCodeAs(answer(new byte[] {1}))
                .isNotEqualTo(answer(new byte[] {2}));
    }

    @Test
    void toString_bodyWithAToken_hidesIt() {
        assertThat(answer("s3cret".getBytes(UTF_8)).toString())
                .isEqualTo("HttpAnswer[status=200, contentType=application/json, 6 bytes]");
    }
}
