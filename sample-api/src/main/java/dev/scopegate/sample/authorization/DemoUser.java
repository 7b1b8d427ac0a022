package dev.scopegate.sample.authorization;

import java.util.List;

/**
 * A user of the demo.
 *
 * @param password public, and for the demo only
 * @param may the scopes of the API that the user may let a client have
 */
public record DemoUser(String name, String password, List<String> may) {

    /** The list is copied. */
    public DemoUser {
        may = List.copyOf(may);
    }
}
