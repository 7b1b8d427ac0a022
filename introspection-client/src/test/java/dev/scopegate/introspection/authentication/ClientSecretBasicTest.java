package dev.scopegate.introspection.authentication;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.test.Requirement;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSecretBasicTest {

    @ParameterizedTest
    @Requirement("RFC6749 §2.3.1")
    @CsvSource({
        "contacts-api, api-secret, contacts-api:api-secret",
        "a:b, c:d, a%3Ab:c%3Ad",
        "id, :%+é, id:%3A%25%2B%C3%A9",
        "https://api.example.com, a b, https%3A%2F%2Fapi.example.com:a+b",
    })
    void authorization_anyCharacters_formEncodedBeforeBase64(String id, String secret, String expected) {
        String authorization = new ClientSecretBasic(id, secret).authorization();

        assertThat(authorization).startsWith("Basic ");
        assertThat(new String(Base64.getDecoder().decode(authorization.substring(6)), US_ASCII))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void create_blankId_refused(String id) {
        assertThatThrownBy(() -> new ClientSecretBasic(id, "secret")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void create_emptySecret_refused() {
        assertThatThrownBy(() -> new ClientSecretBasic("id", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toString_secret_hidden() {
        assertThat(new ClientSecretBasic("contacts-api", "s3cret").toString())
                .isEqualTo("ClientSecretBasic[clientId=contacts-api, clientSecret=hidden]");
    }
}
