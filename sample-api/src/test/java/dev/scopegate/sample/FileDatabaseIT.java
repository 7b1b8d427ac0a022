package dev.scopegate.sample;

import static dev.scopegate.sample.Http.bearer;
import static dev.scopegate.sample.Http.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contacts in a file of H2, as the option {@code --spring.datasource.url} makes it. */
class FileDatabaseIT {

    private static final String TWO_LINES =
            "insert into contact (name, email) values ('Two' || char(10) || 'lines', 'two@example.com')";

    @TempDir
    private Path folder;

    private final Http http = new Http();

    @Test
    void start_again_keepsTheContactsAndBringsNoneBack() {
        try (Sample sample = start()) {
            String token = WebUser.accessToken(sample, "alice");
            assertThat(names(sample, token)).hasSize(4).startsWith("Ada Lovelace");
            for (int id = 1; id <= 4; id++) {
                assertThat(http.delete(URI.create(sample.contacts() + "/" + id), bearer(token))
                                .statusCode())
                        .isEqualTo(204);
            }
        }

        try (Sample sample = start()) {
            assertThat(names(sample, WebUser.accessToken(sample, "alice"))).isEmpty();
        }
    }

    @Test
    void start_onAFileFromBeforeTheMigrations_keepsItsContacts() throws SQLException {
        execute(OldTable.SQL);
        execute(TWO_LINES);

        try (Sample sample = start()) {
            assertThat(names(sample, WebUser.accessToken(sample, "alice"))).containsExactly("Two\nlines");
        }

        assertThatThrownBy(() -> execute(TWO_LINES))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("CONTACT_PRINTABLE");
        execute("insert into contact (name, email) values ('One line', 'one@example.com')");
    }

    private Sample start() {
        return RunningSample.start("--spring.datasource.url=" + url());
    }

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("contacts");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> names(Sample sample, String token) {
        HttpResponse<String> response = http.get(sample.contacts(), bearer(token));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response)
                .valueStream()
                .map(contact -> contact.get("name").asString())
                .toList();
    }
}
