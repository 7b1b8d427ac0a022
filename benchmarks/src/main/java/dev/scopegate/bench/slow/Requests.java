package dev.scopegate.bench.slow;

import dev.scopegate.model.RequestSnapshot;
import java.util.List;

/** The requests that are decided on. */
final class Requests {

    private Requests() {}

    static RequestSnapshot with(String token) {
        return new RequestSnapshot("GET", "/contacts/7", "/contacts/7", List.of("Bearer " + token));
    }
}
