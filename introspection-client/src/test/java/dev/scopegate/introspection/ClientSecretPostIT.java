package dev.scopegate.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.introspection.authentication.ClientAuthentication;
import dev.scopegate.introspection.authentication.ClientSecretBasic;
import dev.scopegate.introspection.authentication.ClientSecretPost;
import dev.scopegate.introspection.http.RawServer;
import dev.scopegate.test.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the endpoint gets from a client that authenticates in the form, and what it gets from one that does not. */
@Timeout(30)
class ClientSecretPostIT {

    private static final String ACTIVE =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"active\":true}";

    @Test
    @Requirement("RFC6749 §2.3.1")
    void introspect_secretInTheForm_inTheBodyAlone() throws Exception {
        String request = requestOf(new ClientSecretPost("contacts api", "s&cr=t"));
        String[] parts = request.split("\r\n\r\n", 2);

        assertThat(parts[0]).startsWith("POST /introspect HTTP/1.1\r\n").doesNotContain("Authorization", "contacts");
        assertThat(parts[1].split("&"))
                .containsExactlyInAnyOrder(
                        "token=opaque1",
                        "token_type_hint=access_token",
                        "client_id=contacts+api",
                        "client_secret=s%26cr%3Dt");
    }

    @Test
    @Requirement("RFC6749 §2.3.1")
    void introspect_secretInTheHeader_notInTheBody() throws Exception {
        String[] parts =
                requestOf(new ClientSecretBasic("contacts-api", "s3cret")).split("\r\n\r\n", 2);

        assertThat(parts[0]).contains("Authorization: Basic ");
        assertThat(parts[1]).doesNotContain("client_id", "client_secret");
    }

    @Test
    void create_blankIdOrEmptySecret_refused() {
        assertThatThrownBy(() -> new ClientSecretPost(" ", "secret")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClientSecretPost("id", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toString_secret_hidden() {
        assertThat(new ClientSecretPost("contacts-api", "s3cret").toString())
                .isEqualTo("ClientSecretPost[clientId=contacts-api, clientSecret=hidden]");
    }

    private static String requestOf(ClientAuthentication authentication) throws Exception {
        try (RawServer server = RawServer.answering(ACTIVE);
                IntrospectionClient client = IntrospectionClient.builder(server.uri("/introspect"), authentication)
                        .build()) {
            assertThat(client.introspect("opaque1")).isInstanceOf(Active.class);
            return server.requests().get(0);
        }
    }
}
