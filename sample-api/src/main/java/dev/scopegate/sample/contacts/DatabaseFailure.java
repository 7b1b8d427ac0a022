package dev.scopegate.sample.contacts;

import java.sql.SQLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says in a few lines why the API cannot start with its database, and what to do. Does not repeat what the driver says,
 * for an address may hold a password.
 */
final class DatabaseFailure extends AbstractFailureAnalyzer<SQLException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        String state = String.valueOf(cause.getSQLState());
        return new FailureAnalysis(description(state) + " (SQLSTATE " + state + ").", action(state), cause);
    }

    private static String description(String state) {
        if (state.startsWith("08")) {
            return "The database of the contacts cannot be reached";
        }
        if (state.startsWith("28")) {
            return "The database of the contacts refuses the user or the password";
        }
        return "The database of the contacts cannot be used";
    }

    private static String action(String state) {
        return state.startsWith("08")
                ? "Start it, or give its address: spring.datasource.url, in the profile postgres CONTACTS_DB_URL."
                : "Check spring.datasource.url, .username and .password; in the profile postgres they are"
                        + " CONTACTS_DB_URL, CONTACTS_DB_USER and CONTACTS_DB_PASSWORD. The user must own the tables.";
    }
}
