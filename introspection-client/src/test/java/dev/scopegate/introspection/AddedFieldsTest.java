package dev.scopegate.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scopegate.introspection.authentication.ClientSecretBasic;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be added to the request, and what would change its meaning. */
class AddedFieldsTest {

    private final IntrospectionClientBuilder builder = IntrospectionClient.builder(
            URI.create("https://login.example.com/introspect"), new ClientSecretBasic("api", "secret"));

    @ParameterizedTest
    @ValueSource(strings = {"resource_server", "tenant", "Token", "ä"})
    void parameter_ofOthers_taken(String name) {
        assertThat(IntrospectionClientBuilder.takesParameter(name)).isTrue();
        assertThatCode(() -> builder.parameter(name, "x")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "token",
                "token_type_hint",
                "client_id",
                "client_secret",
                "client_assertion",
                "client_assertion_type"
            })
    void parameter_thatTheClientSends_refused(String name) {
        assertThat(IntrospectionClientBuilder.takesParameter(name)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> builder.parameter(name, "x"));
    }

    @ParameterizedTest
    @CsvSource({"X-Tenant, acme", "Prefer, ''", "x-1, a b~!"})
    void header_ofOthers_taken(String name, String value) {
        assertThat(IntrospectionClientBuilder.takesHeader(name, value)).isTrue();
        assertThatCode(() -> builder.header(name, value)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "'', x",
        "X Tenant, x",
        "X-Tenant:, x",
        "X-Tenant, é",
        "X-Tenant, 'a\r\nHost: b'",
        "X-Tenant, 'a\nb'",
        "Authorization, Bearer x",
        "Proxy-Authorization, Basic x",
        "ACCEPT, text/html",
        "accept-encoding, gzip",
        "content-encoding, gzip",
        "content-type, text/plain",
        "content-length, 1",
        "transfer-encoding, chunked",
        "host, other",
        "connection, close",
        "upgrade, h2c",
        "expect, 100-continue",
        "te, trailers",
        "trailer, x"
    })
    void header_ofTheConnectionOrTheCredentials_refused(String name, String value) {
        assertThat(IntrospectionClientBuilder.takesHeader(name, value)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> builder.header(name, value));
    }
}
