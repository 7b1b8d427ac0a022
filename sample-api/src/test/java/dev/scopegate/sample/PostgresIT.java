package dev.scopegate.sample;

import static dev.scopegate.sample.Http.bearer;
import static dev.scopegate.sample.Http.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contacts in a real PostgreSQL. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresIT {

    private static final String MARY = "{\"name\":\"Mary Shaw\",\"email\":\"mary@example.com\"}";

    @TempDir
    private static Path folder;

    private static PostgresServer postgres;

    private final Http http = new Http();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        postgres = PostgresServer.start(folder);
    }

    @AfterAll
    static void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void contact_createdListedAndDeleted_201And200And204And404() throws SQLException {
        try (Sample sample = RunningSample.start(postgres.sampleOptions(postgres.database("life")))) {
            String token = WebUser.accessToken(sample, "alice");
            assertThat(names(sample, token, "")).hasSize(4).startsWith("Ada Lovelace");

            HttpResponse<String> created = http.postJson(sample.contacts(), MARY, bearer(token));
            assertThat(created.statusCode()).isEqualTo(201);
            URI contact = WebUser.location(created);
            assertThat(json(http.get(contact, bearer(token))).get("email").asString())
                    .isEqualTo("mary@example.com");
            assertThat(names(sample, token, "?page=1&size=2")).containsExactly("Grace Hopper", "Alan Turing");
            assertThat(names(sample, token, "?page=2&size=2")).containsExactly("Mary Shaw");
            assertThat(names(sample, token, "?page=3&size=2")).isEmpty();

            assertThat(http.delete(contact, bearer(token)).statusCode()).isEqualTo(204);
            assertThat(http.get(contact, bearer(token)).statusCode()).isEqualTo(404);
            assertThat(names(sample, token, "")).hasSize(4).doesNotContain("Mary Shaw");
        }
    }

    @Test
    void start_again_keepsTheContactsAndAppliesEachMigrationOnce() throws SQLException {
        String url = postgres.database("again");
        try (Sample sample = RunningSample.start(postgres.sampleOptions(url))) {
            String token = WebUser.accessToken(sample, "alice");
            for (int id = 1; id <= 4; id++) {
                assertThat(http.delete(URI.create(sample.contacts() + "/" + id), bearer(token))
                                .statusCode())
                        .isEqualTo(204);
            }
            assertThat(http.postJson(sample.contacts(), MARY, bearer(token)).statusCode())
                    .isEqualTo(201);
        }
        List<String> history = history(url);

        try (Sample sample = RunningSample.start(postgres.sampleOptions(url))) {
            assertThat(names(sample, WebUser.accessToken(sample, "alice"), "")).containsExactly("Mary Shaw");
        }

        assertThat(history)
                .containsExactly(
                        "1 V1__contacts.sql true", "2 V2__first_contacts.sql true", "3 V3__printable.sql true");
        assertThat(history(url)).isEqualTo(history);
    }

    @Test
    void start_onTablesFromBeforeTheMigrations_keepsTheirContacts() throws SQLException {
        String url = postgres.database("before");
        postgres.execute(url, OldTable.SQL);
        postgres.execute(url, "insert into contact (name, email) values (E'Two\\nlines', 'two@example.com')");

        try (Sample sample = RunningSample.start(postgres.sampleOptions(url))) {
            assertThat(names(sample, WebUser.accessToken(sample, "alice"), "")).containsExactly("Two\nlines");
        }

        assertThat(history(url)).hasSize(3).first().asString().contains("Baseline");
        assertThatThrownBy(() -> postgres.execute(
                        url, "insert into contact (name, email) values (E'Two\\nlines', 'two@example.com')"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("contact_printable");
        postgres.execute(url, "insert into contact (name, email) values ('One line', 'one@example.com')");
    }

    @Test
    void create_nameThatPostgresCannotStore_400() throws SQLException {
        try (Sample sample = RunningSample.start(postgres.sampleOptions(postgres.database("odd")))) {
            String token = WebUser.accessToken(sample, "alice");
            String body = "{\"name\":\"Ma%sry\",\"email\":\"mary@example.com\"}";

            assertThat(http.postJson(sample.contacts(), body.formatted("\\u0000"), bearer(token))
                            .statusCode())
                    .isEqualTo(400);
            assertThat(http.postJson(sample.contacts(), body.formatted("\\u20ac\\ud83d\\ude00"), bearer(token))
                            .statusCode())
                    .isEqualTo(201);
            assertThat(names(sample, token, "?page=4&size=1")).containsExactly("Ma\u20ac\ud83d\ude00ry");
        }
    }

    @Test
    void server_lostAndBack_503WithRetryAfterAndThen200() throws Exception {
        try (Sample sample = RunningSample.start(postgres.sampleOptions(postgres.database("lost")))) {
            String token = WebUser.accessToken(sample, "alice");
            URI health = sample.api().resolve("/health");
            assertThat(names(sample, token, "")).hasSize(4);
            assertThat(http.get(health).statusCode()).isEqualTo(200);
            postgres.stop();
            try {
                assertUnavailable(http.get(sample.contacts(), bearer(token)));
                assertUnavailable(http.postJson(sample.contacts(), MARY, bearer(token)));
                assertUnavailable(http.delete(URI.create(sample.contacts() + "/1"), bearer(token)));
                assertThat(http.get(health).statusCode()).isEqualTo(503);
                // Who may not read is refused before anybody asks the database.
                assertThat(http.get(sample.contacts()).statusCode()).isEqualTo(401);
            } finally {
                postgres.restart();
            }
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    http.get(sample.contacts(), bearer(token)).statusCode())
                            .isEqualTo(200));
            assertThat(names(sample, token, "")).hasSize(4).startsWith("Ada Lovelace");
            assertThat(http.get(health).statusCode()).isEqualTo(200);
        }
    }

    private static void assertUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(response.body()).doesNotContain("postgres", "127.0.0.1", "Exception");
    }

    private List<String> names(Sample sample, String token, String query) {
        HttpResponse<String> response = http.get(URI.create(sample.contacts() + query), bearer(token));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response)
                .valueStream()
                .map(contact -> contact.get("name").asString())
                .toList();
    }

    private static List<String> history(String url) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select version, script, success from flyway_schema_history order by installed_rank")) {
            while (rows.next()) {
                lines.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getBoolean(3));
            }
        }
        return lines;
    }
}
