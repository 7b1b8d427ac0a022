package dev.scopegate.test.matrix;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** Texts that are nearly a JWT (RFC 7515 §7.1). */
final class Encodings {

    private Encodings() {}

    static void addTo(HostileCases cases) {
        bent(cases, "without its signature", token -> token.substring(0, token.lastIndexOf('.')));
        bent(cases, "with an empty signature", token -> token.substring(0, token.lastIndexOf('.') + 1));
        bent(cases, "with a part too many", token -> token + ".e30");
        bent(cases, "with five parts, as if encrypted", token -> token + ".e30.e30");
        bent(cases, "with padding", token -> token + "=");
        bent(cases, "cut short", token -> token.substring(0, token.length() - 4));
        bent(cases, "with another last octet", token -> withLast(token, token.length() - 2));
        bent(cases, "with another payload", Encodings::withOtherPayload);
        cases.token("encoding: a payload that is no JSON", Expected.BAD_TOKEN, token -> token.rawClaims("alice"));
        cases.token("encoding: a payload that is a list", Expected.BAD_TOKEN, token -> token.rawClaims("[{}]"));
        cases.token("encoding: an empty payload", Expected.BAD_TOKEN, token -> token.rawClaims(""));
        cases.text(
                "encoding: a header with a name twice",
                Expected.BAD_TOKEN,
                issuer -> cases.good(issuer)
                        .rawHeader("{\"alg\":\"RS256\",\"alg\":\"none\"}")
                        .sign());
        cases.text("encoding: no token of anybody", Expected.BAD_TOKEN, issuer -> "mF_9.B5f-4.1JqM");
    }

    private static void bent(HostileCases cases, String name, UnaryOperator<String> change) {
        cases.text(
                "encoding: " + name,
                Expected.BAD_TOKEN,
                issuer -> change.apply(cases.good(issuer).sign()));
    }

    private static String withLast(String token, int index) {
        char other = token.charAt(index) == 'A' ? 'B' : 'A';
        return token.substring(0, index) + other + token.substring(index + 1);
    }

    /** A payload that asks for more, under a signature that did not cover it. */
    private static String withOtherPayload(String token) {
        String[] parts = token.split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String more = claims.replaceFirst("\"alice\"", "\"admin\"");
        return parts[0]
                + '.'
                + Base64.getUrlEncoder().withoutPadding().encodeToString(more.getBytes(StandardCharsets.UTF_8))
                + '.'
                + parts[2];
    }
}
