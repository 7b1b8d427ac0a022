package dev.scopegate.sample.playground;

import java.util.Optional;
import java.util.stream.Stream;

/** What can be broken: the closed list that the page's buttons and the tour share. */
enum Break {
    EXPIRED(
            "Expired token",
            "A token that the authorization server signed, and whose time was over an hour ago.",
            401,
            "invalid_token",
            "A good signature does not make an old token young."),
    OTHER_AUDIENCE(
            "Token for another API",
            "A token that the authorization server signed for another API.",
            401,
            "invalid_token",
            "Whoever runs the other API could use its callers' tokens here."),
    ALG_NONE(
            "alg: none",
            "Your token with the algorithm none in its header, and without a signature.",
            401,
            "invalid_token",
            "The algorithms come from the configuration, never from the token."),
    ANOTHER_KEY(
            "Another key",
            "Your token, with the kid of the real key, signed by a key that was just made up.",
            401,
            "invalid_token",
            "Only the keys count that the issuer publishes."),
    CHANGED_PAYLOAD(
            "Changed payload",
            "Your token with delete:contacts written into it, and with its old signature.",
            401,
            "invalid_token",
            "The signature covers every letter."),
    UNKNOWN_KID(
            "Unknown kid",
            "Your token signed by a made-up key, with the name of a key that nobody published.",
            401,
            "invalid_token",
            "The API may look once whether there is a new key; a storm of such tokens makes it look no more often."),
    TWO_HEADERS(
            "Two Authorization fields",
            "Your token twice, in two header fields.",
            400,
            "invalid_request",
            "Of two tokens, two readers may take different ones."),
    TOKEN_IN_QUERY(
            "Token in the query",
            "Your token in the address, where logs and histories keep it.",
            401,
            "",
            "Queries are not read for tokens unless configured: nobody is asked to send one so."),
    NO_SCOPE(
            "No scope",
            "A good token that was granted nothing.",
            403,
            "insufficient_scope",
            "The caller is known and may not; the challenge names the scope that is missing."),
    REVOKED(
            "Revoked token",
            "An opaque token that is used, then revoked at the authorization server, then used to delete.",
            401,
            "invalid_token",
            "The rule of DELETE wants the word of the authorization server as of now."),
    SERVER_STOPPED(
            "Authorization server stopped",
            "The authorization server goes away: your token, and then an opaque one that nobody asked about yet.",
            503,
            "",
            "Known keys go on to serve; what nobody can know is neither accepted nor called a bad token."),
    SERVER_STARTED(
            "Authorization server started again",
            "The authorization server comes back, and a new opaque token with it.",
            200,
            "",
            "The API recovers by itself."),
    AMBIGUOUS_PATH(
            "Ambiguous path",
            "A path that is public to one reader and protected to another: /health/..;/contacts",
            400,
            "",
            "Such a path is refused, not tidied up: each reader would tidy differently."),
    KEYS_ROTATED(
            "Keys rotated",
            "The authorization server signs with a new key, later withdraws the old one; then a token of the old key is used.",
            401,
            "invalid_token",
            "The new key was fetched once, when the first token named it; a withdrawn key stops its tokens.");

    private final String title;
    private final String what;
    private final int status;
    private final String error;
    private final String words;

    Break(String title, String what, int status, String error, String words) {
        this.title = title;
        this.what = what;
        this.status = status;
        this.error = error;
        this.words = words;
    }

    /**
     * What has to be answered.
     *
     * @param error the code of RFC 6750 §3.1; empty where there is none
     * @param words why it has to be so
     */
    record Must(int status, Optional<String> error, String words) {}

    /** The one that is called so, such as {@code alg-none}. */
    static Optional<Break> called(String kind) {
        return Stream.of(values()).filter(each -> each.kind().equals(kind)).findFirst();
    }

    /** Its name in addresses, such as {@code alg-none}. */
    String kind() {
        return Words.of(this);
    }

    /** Its name for people. */
    String title() {
        return title;
    }

    /** What is done, in one sentence. */
    String what() {
        return what;
    }

    /** What has to happen. */
    Must must() {
        return new Must(status, error.isEmpty() ? Optional.empty() : Optional.of(error), words);
    }
}
