package dev.scopegate.sample;

import static dev.scopegate.sample.Http.bearer;
import static dev.scopegate.sample.Http.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API itself finds wrong with a request that the filter let pass. */
@ExtendWith(RunningSample.class)
class ContactsProblemsIT {

    private static final String PROBLEM = "application/problem+json";

    private static String alice;

    private final Http http = new Http();
    private final Sample sample;

    ContactsProblemsIT(Sample sample) {
        this.sample = sample;
    }

    @BeforeAll
    static void askForTokens(Sample sample) {
        alice = WebUser.accessToken(sample, "alice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"\",\"email\":\"a@example.com\"}",
                "{\"name\":\"A\",\"email\":\"nowhere\"}",
                "{\"name\":\"A\\u0000B\",\"email\":\"a@example.com\"}",
                "{\"name\":\"A\\nB\",\"email\":\"a@example.com\"}",
                "{\"name\":\"A\"}",
                "{\"name\":\"A\",\"email\":\"a@example.com\",\"id\":1}",
                "{\"name\":\"A\",\"email\":",
                "[]",
                "null",
                ""
            })
    @Requirement("RFC9457 §3")
    void create_badBody_400AsProblem(String body) {
        assertProblem(http.postJson(sample.contacts(), body, bearer(alice)), 400);
    }

    @Test
    void create_nameTooLong_400NamingTheField() {
        String body = "{\"name\":\"%s\",\"email\":\"a@example.com\"}";

        HttpResponse<String> refused = http.postJson(sample.contacts(), body.formatted("n".repeat(101)), bearer(alice));

        assertProblem(refused, 400);
        assertThat(json(refused).get("errors").get(0).get("field").asString()).isEqualTo("name");
        assertThat(http.postJson(sample.contacts(), body.formatted("n".repeat(100)), bearer(alice))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void create_hugeBody_400AsProblem() {
        String body = "{\"name\":\"%s\",\"email\":\"a@example.com\"}".formatted("n".repeat(100_000));

        assertProblem(http.postJson(sample.contacts(), body, bearer(alice)), 400);
    }

    @Test
    void create_wrongMediaType_415AsProblem() {
        HttpRequest.Builder request = Http.request(sample.contacts(), bearer(alice))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("Ada"));

        assertProblem(http.send(request), 415);
    }

    @ParameterizedTest
    @CsvSource({"/contacts/99999, 404", "/contacts/ada, 400", "/contacts?size=101, 400", "/contacts?page=-1, 400"})
    void read_badAddress_asProblem(String address, int status) {
        assertProblem(http.get(sample.api().resolve(address), bearer(alice)), status);
    }

    private static void assertProblem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(PROBLEM);
        assertThat(json(response).get("status").asInt()).isEqualTo(status);
        assertThat(response.body()).doesNotContain("Exception", "dev.scopegate", "\tat ");
    }
}
