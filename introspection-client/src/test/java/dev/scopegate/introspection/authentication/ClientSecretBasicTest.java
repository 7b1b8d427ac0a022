package dev.scopegate.introspection.authentication;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSecretBasicTest {

    private static final URI ENDPOINT = URI.create("https://login.example.com/introspect");

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
    @CsvSource({
        "contacts-api, api-secret, contacts-api:api-secret",
        "contacts api, c:d, contacts api:c:d",
        "id, :%+é, id::%+é",
        "é, 'a b ', 'é:a b '",
    })
    void unencoded_anyCharacters_asTheyAre(String id, String secret, String expected) throws IOException {
        Presented presented = ClientSecretBasic.unencoded(id, secret).present(ENDPOINT);

        String authorization = presented.headers().get("Authorization");
        assertThat(authorization).startsWith("Basic ");
        assertThat(new String(Base64.getDecoder().decode(authorization.substring(6)), UTF_8))
                .isEqualTo(expected);
        assertThat(presented.parameters()).isEmpty();
    }

    @ParameterizedTest
    @Requirement("RFC7617 §2")
    @CsvSource({
        "a:b, secret",
        ":, secret",
        "'a\nb', secret",
        "a, 'se\ncret'",
        "a\u0000b, secret",
        "' ', secret",
        "a, ''"
    })
    void unencoded_whatWouldReadOtherwise_refused(String id, String secret) {
        assertThatThrownBy(() -> ClientSecretBasic.unencoded(id, secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("a:b");
    }

    @Test
    void unencodedText_secret_hidden() {
        ClientAuthentication unencoded = ClientSecretBasic.unencoded("contacts-api", "s3cret");

        assertThat(unencoded.clientId()).isEqualTo("contacts-api");
        assertThat(unencoded.toString()).contains("contacts-api").doesNotContain("s3cret");
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
