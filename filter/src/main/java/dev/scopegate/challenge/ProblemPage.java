package dev.scopegate.challenge;

import dev.scopegate.model.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A refusal for people: a page that needs nothing else, or a few lines. Made of fixed texts alone, so that nothing needs
 * escaping.
 */
final class ProblemPage {

    private static final String STYLE =
            "body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:#1c1c1e;background:#fff}"
                    + "main{max-width:34rem;margin:0 auto;padding:12vh 1.5rem 3rem}"
                    + "h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}p{margin:0 0 1rem}"
                    + ".reference{font-size:.875rem;color:#5f5f66}code{overflow-wrap:anywhere}"
                    + "@media(prefers-color-scheme:dark){body{color:#eee;background:#17171a}.reference{color:#a6a6ad}}";

    /** Nothing may be loaded or run: whatever else got into the page would be dead text. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private ProblemPage() {}

    static String html(Problem problem) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%1$d %2$s</title>
                <style>%3$s</style>
                </head>
                <body>
                <main>
                <h1>%1$d %2$s</h1>
                <p>%4$s.</p>
                <p>%5$s</p>
                <p class="reference">Reference: <code>%6$s</code></p>
                </main>
                </body>
                </html>
                """.formatted(
                        problem.status(),
                        problem.title(),
                        STYLE,
                        problem.detail(),
                        advice(problem.status()),
                        problem.correlationId());
    }

    static String text(Problem problem) {
        return """
                %d %s
                %s.
                %s
                Reference: %s
                """.formatted(
                problem.status(), problem.title(), problem.detail(), advice(problem.status()), problem.correlationId());
    }

    private static String advice(int status) {
        return switch (status) {
            case 400 -> "The application or the link that sent this request has to be corrected.";
            case 401 -> "Sign in with an application that uses this address, and try again from there.";
            case 403 -> "You are signed in, but that is not enough here. Whoever runs this address may grant more.";
            default -> "Nothing is wrong with your request. Try again in a moment.";
        };
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyRuntimeHasIt) {
            throw new IllegalStateException(everyRuntimeHasIt);
        }
    }
}
