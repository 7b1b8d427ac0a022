package dev.scopegate.sample;

import static dev.scopegate.sample.Http.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The events of the playground, as a browser reads them. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(RunningSample.class)
class PlaygroundEventsIT {

    private final Http http = new Http();
    private final List<Watcher> watchers = new ArrayList<>();
    private Sample sample;

    @BeforeEach
    void start(Sample ofThisTest) {
        sample = ofThisTest;
    }

    @AfterEach
    void stopWatching() {
        watchers.forEach(Watcher::close);
    }

    @Test
    void decision_accepted_namesRuleClientAndTime_butNoToken() {
        Watcher watcher = watch();
        String token = MachineClient.jwt(sample).token("read:contacts");
        http.get(sample.contacts(), bearer(token));

        JsonNode decision = watcher.next("decision", any -> true);

        assertThat(decision.get("outcome").asString()).isEqualTo("accepted");
        assertThat(decision.get("route").asString()).isEqualTo("GET /contacts");
        assertThat(decision.get("method").asString()).isEqualTo("GET");
        assertThat(decision.get("path").asString()).isEqualTo("/contacts");
        assertThat(decision.get("issuer").asString()).isEqualTo("sample");
        assertThat(decision.get("client").asString()).isEqualTo("contacts-machine");
        assertThat(decision.get("reason").isNull()).isTrue();
        assertThat(decision.get("tookMicros").asLong()).isPositive();
        assertThat(decision.toString()).doesNotContain(token.substring(0, 20));
    }

    @Test
    void decision_refused_namesReasonStatusAndTheAnswersCorrelationId() {
        Watcher watcher = watch();
        String correlationId = Http.json(http.get(sample.contacts(), bearer("not-a-token")))
                .get("correlation_id")
                .asString();

        JsonNode decision = watcher.next("decision", any -> true);

        assertThat(decision.get("outcome").asString()).isEqualTo("refused");
        assertThat(decision.get("status").asInt()).isEqualTo(401);
        assertThat(decision.get("correlationId").asString()).isEqualTo(correlationId);
        assertThat(decision.get("subject").isNull()).isTrue();
    }

    @Test
    void decision_tokenInThePath_cutShort() {
        Watcher watcher = watch();
        String token = MachineClient.jwt(sample).token("read:contacts");
        http.get(sample.api().resolve("/contacts/" + token));

        JsonNode decision = watcher.next("decision", any -> true);

        assertThat(decision.get("path").asString()).startsWith("/contacts/").doesNotContain(token.substring(0, 40));
    }

    @Test
    void figures_countDecisionsAndQuestions_andSayThatTheServerIsStopped() {
        Watcher watcher = watch();
        JsonNode before = watcher.next("figures", any -> true);
        assertThat(before.get("server").asString()).isEqualTo("started");
        String opaque = MachineClient.opaque(sample).token("read:contacts");
        String jwt = MachineClient.jwt(sample).token("read:contacts");
        http.get(sample.contacts(), bearer(opaque));
        http.get(sample.contacts(), bearer(jwt));
        http.get(sample.contacts(), bearer(jwt));
        http.get(sample.contacts());

        JsonNode after =
                watcher.next("figures", figures -> figures.get("refused").asLong() == 1);

        assertThat(after.get("accepted").asLong()).isEqualTo(3);
        assertThat(after.get("undecided").asLong()).isZero();
        assertThat(after.get("introspectionCalls").asLong()).isEqualTo(1);
        assertThat(after.get("cacheHits").asLong()).isPositive();
        assertThat(after.get("cacheMisses").asLong()).isPositive();
        assertThat(after.get("jwksAgeSeconds").asDouble()).isPositive();
        assertThat(after.get("p50").asLong())
                .isPositive()
                .isLessThanOrEqualTo(after.get("p99").asLong());

        sample.stopAuthorizationServer();
        watcher.next("figures", figures -> figures.get("server").asString().equals("stopped"));
        http.get(sample.contacts(), bearer("nobody-knows-this-one"));
        watcher.next("figures", figures -> figures.get("undecided").asLong() == 1);
        sample.restartAuthorizationServer();
        watcher.next("figures", figures -> figures.get("server").asString().equals("started"));
    }

    @Test
    void watchers_moreThanSixteen_503_untilOneLeaves() {
        for (int i = 0; i < 16; i++) {
            watch();
        }
        assertThat(status()).isEqualTo(503);

        watchers.get(0).close();

        // It is noticed when the next figures are sent to it, a second later.
        int status = status();
        for (int i = 0; i < 100 && status == 503; i++) {
            watchers.get(1).next("figures", any -> true);
            status = status();
        }
        assertThat(status).isEqualTo(200);
    }

    private int status() {
        try {
            HttpURLConnection connection = open();
            int status = connection.getResponseCode();
            connection.disconnect();
            return status;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpURLConnection open() throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                sample.api().resolve("/playground/events").toURL().openConnection();
        connection.setReadTimeout(30_000);
        return connection;
    }

    private Watcher watch() {
        try {
            Watcher watcher = new Watcher(open());
            watchers.add(watcher);
            return watcher;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One who reads the events, one after the other. */
    private static final class Watcher implements AutoCloseable {

        private final HttpURLConnection connection;
        private final BufferedReader lines;

        Watcher(HttpURLConnection connection) throws IOException {
            this.connection = connection;
            assertThat(connection.getResponseCode()).isEqualTo(200);
            assertThat(connection.getContentType()).startsWith("text/event-stream");
            assertThat(connection.getHeaderField("Cache-Control")).isEqualTo("no-store");
            InputStream stream = connection.getInputStream();
            this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            // The greeting says that whatever happens from now on will be heard.
            assertThat(lines.readLine()).startsWith(":");
        }

        /** The next event of this name that fits. */
        JsonNode next(String event, Predicate<JsonNode> fits) {
            try {
                String name = "";
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event:")) {
                        name = line.substring(6).strip();
                    } else if (line.startsWith("data:") && name.equals(event)) {
                        JsonNode data = Http.json(line.substring(5));
                        if (fits.test(data)) {
                            return data;
                        }
                    }
                }
                throw new AssertionError("the events ended");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            connection.disconnect();
        }
    }
}
