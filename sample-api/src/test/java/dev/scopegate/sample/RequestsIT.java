package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each request of {@code requests.http}, in the order of the file, gets the answer that the file promises. */
@ExtendWith(RunningSample.class)
class RequestsIT {

    private static final Path FILE = Path.of("requests.http");

    private final Sample sample;

    private final Http http = new Http();

    RequestsIT(Sample sample) {
        this.sample = sample;
    }

    @Test
    void file_addressesTheSampleAsItStartsByItself() throws IOException {
        assertThat(HttpFile.read(FILE).variables())
                .containsEntry("api", "http://localhost:8080")
                .containsEntry("issuer", "http://localhost:9000");
    }

    @Test
    void file_showsEveryKindOfAnswer() throws IOException {
        assertThat(HttpFile.read(FILE).requests())
                .hasSizeGreaterThan(25)
                .extracting(HttpFile.Request::status)
                .contains(200, 201, 400, 401, 403, 404, 415);
    }

    @TestFactory
    Stream<DynamicTest> request_sent_answeredAsItsTitleSays() throws IOException {
        HttpFile file = HttpFile.read(FILE);
        Map<String, String> values = new HashMap<>(Map.of(
                "api",
                sample.api().toString(),
                "issuer",
                sample.authorizationServer().toString()));
        return file.requests().stream()
                .map(request -> dynamicTest(request.status() + ": " + request.title(), () -> {
                    HttpResponse<String> response = http.send(request.send(text -> file.fill(text, values)));

                    assertThat(response.statusCode()).as(response.body()).isEqualTo(request.status());
                    request.with().ifPresent(text -> assertThat(response.body()).contains(text));
                    request.name()
                            .ifPresent(name -> values.put(
                                    name + ".response.body.access_token",
                                    Http.json(response).get("access_token").asString()));
                }));
    }
}
