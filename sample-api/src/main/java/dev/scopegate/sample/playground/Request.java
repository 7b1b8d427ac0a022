package dev.scopegate.sample.playground;

import java.util.List;

/** Requests to the contacts API with a token. */
final class Request {

    private Request() {}

    /** Lists the contacts. */
    static Wire.Sent list(String token) {
        return new Wire.Sent("GET", "/contacts", List.of(bearer(token)));
    }

    /** Deletes a contact that is not there: if this were let through, nothing would be lost. */
    static Wire.Sent delete(String token) {
        return new Wire.Sent("DELETE", "/contacts/0", List.of(bearer(token)));
    }

    static Wire.Field bearer(String token) {
        return new Wire.Field("Authorization", "Bearer " + token);
    }
}
