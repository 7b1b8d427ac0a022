package dev.scopegate.sample;

import static dev.scopegate.sample.Http.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.sample.contacts.ContactsApi;
import dev.scopegate.test.Requirement;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two APIs trust one issuer: a token is good at the one that it was issued for, and nowhere else. */
@ExtendWith(RunningSample.class)
class AudienceIT {

    private static ContactsApi otherApi;
    private static URI otherContacts;

    private final Sample sample;

    AudienceIT(Sample sample) {
        this.sample = sample;
    }

    @BeforeAll
    static void start(Sample sample) {
        int port = Ports.from("--server.port=0").api();
        otherApi = ContactsApi.start(port, sample.authorizationServer().getPort());
        otherContacts = URI.create("http://localhost:" + port + "/contacts");
    }

    @AfterAll
    static void stop() {
        if (otherApi != null) {
            otherApi.close();
        }
    }

    @Test
    @Requirement("RFC9068 §4")
    void jwt_forTheOtherApi_401() {
        String token = MachineClient.jwt(sample).token("read:contacts");

        assertThat(new Http().get(sample.contacts(), bearer(token)).statusCode())
                .isEqualTo(200);
        assertRefused(new Http().get(otherContacts, bearer(token)));
    }

    @Test
    void opaqueToken_forTheOtherApi_401() {
        String token = MachineClient.opaque(sample).token("read:contacts");

        assertThat(new Http().get(sample.contacts(), bearer(token)).statusCode())
                .isEqualTo(200);
        assertRefused(new Http().get(otherContacts, bearer(token)));
    }

    private static void assertRefused(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).contains("error=\"invalid_token\"");
    }
}
