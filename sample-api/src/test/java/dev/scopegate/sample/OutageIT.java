package dev.scopegate.sample;

import static dev.scopegate.sample.Http.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.sample.authorization.AuthorizationServer;
import dev.scopegate.sample.authorization.AuthorizationServerSetup;
import dev.scopegate.sample.contacts.ContactsApi;
import dev.scopegate.test.Requirement;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The authorization server goes away under a running API, and comes back. */
@ExtendWith(RunningSample.class)
class OutageIT {

    private Sample sample;

    @BeforeEach
    void start(Sample ofThisTest) {
        sample = ofThisTest;
    }

    @Test
    void jwt_serverStopped_stillAcceptedFromCachedKeys() {
        String seen = MachineClient.jwt(sample).token("read:contacts");
        String unseen = MachineClient.jwt(sample).token("read:contacts");
        assertThat(list(seen).statusCode()).isEqualTo(200);

        sample.stopAuthorizationServer();

        assertThat(list(seen).statusCode()).isEqualTo(200);
        assertThat(list(unseen).statusCode()).isEqualTo(200);
    }

    @Test
    @Requirement("RFC9110 §15.6.4")
    void delete_serverStopped_503_thoughTheJwtStillReads() {
        String alice = WebUser.accessToken(sample, "alice");
        URI first = URI.create(sample.contacts() + "/1");
        assertThat(list(alice).statusCode()).isEqualTo(200);

        sample.stopAuthorizationServer();

        HttpResponse<String> undecided = new Http().delete(first, bearer(alice));
        assertThat(undecided.statusCode()).isEqualTo(503);
        assertThat(undecided.headers().firstValue("Retry-After").orElse("")).matches("[1-9][0-9]*");
        assertThat(new Http().get(first, bearer(alice)).statusCode()).isEqualTo(200);
    }

    @Test
    @Requirement("RFC9110 §15.6.4")
    void opaqueToken_serverStopped_503UnlessAskedForBefore() {
        String seen = MachineClient.opaque(sample).token("read:contacts");
        String unseen = MachineClient.opaque(sample).token("read:contacts");
        assertThat(list(seen).statusCode()).isEqualTo(200);

        sample.stopAuthorizationServer();

        assertThat(list(seen).statusCode()).isEqualTo(200);
        HttpResponse<String> undecided = list(unseen);
        assertThat(undecided.statusCode()).isEqualTo(503);
        assertThat(undecided.headers().firstValue("Retry-After").orElse("")).matches("[1-9][0-9]*");
        assertThat(undecided.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @Test
    void bothKinds_serverRestarted_acceptedAgain() {
        String before = MachineClient.jwt(sample).token("read:contacts");
        assertThat(list(before).statusCode()).isEqualTo(200);
        String lost = MachineClient.opaque(sample).token("read:contacts");
        sample.stopAuthorizationServer();
        assertThat(list(lost).statusCode()).isEqualTo(503);

        sample.restartAuthorizationServer();

        assertThat(list(MachineClient.jwt(sample).token("read:contacts")).statusCode())
                .isEqualTo(200);
        assertThat(list(MachineClient.opaque(sample).token("read:contacts")).statusCode())
                .isEqualTo(200);
        assertThat(list(before).statusCode()).isEqualTo(200);
        assertThat(list(lost).statusCode()).isEqualTo(401);
    }

    @Test
    @Requirement("RFC9068 §4")
    @SuppressWarnings("try") // it only has to be up
    void jwt_ofAnImpostorAtTheIssuersAddress_401() {
        assertThat(list(MachineClient.jwt(sample).token("read:contacts")).statusCode())
                .isEqualTo(200);
        sample.stopAuthorizationServer();
        String forged;
        try (AuthorizationServer impostor = AuthorizationServer.start(AuthorizationServerSetup.generate(
                sample.authorizationServer().getPort(), sample.api().getPort()))) {
            forged = MachineClient.jwt(sample).token("read:contacts");
        }
        sample.restartAuthorizationServer();

        HttpResponse<String> refused = list(forged);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse("")).contains("error=\"invalid_token\"");
    }

    @Test
    @Requirement("RFC9110 §15.6.4")
    @SuppressWarnings("try") // it only has to be up
    void bothKinds_serverDownBeforeTheApiStarts_503() {
        String jwt = MachineClient.jwt(sample).token("read:contacts");
        String opaque = MachineClient.opaque(sample).token("read:contacts");
        sample.stopAuthorizationServer();
        int port = Ports.from("--server.port=0").api();
        try (ContactsApi late =
                ContactsApi.start(port, sample.authorizationServer().getPort())) {
            URI contacts = URI.create("http://localhost:" + port + "/contacts");
            for (String token : new String[] {jwt, opaque}) {
                HttpResponse<String> undecided = new Http().get(contacts, bearer(token));
                assertThat(undecided.statusCode()).isEqualTo(503);
                assertThat(undecided.headers().firstValue("Retry-After")).isPresent();
            }
            assertThat(new Http().get(contacts).statusCode()).isEqualTo(401);
        }
    }

    private HttpResponse<String> list(String token) {
        return new Http().get(sample.contacts(), bearer(token));
    }
}
