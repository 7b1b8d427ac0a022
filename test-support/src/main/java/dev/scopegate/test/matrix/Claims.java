package dev.scopegate.test.matrix;

import dev.scopegate.test.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Tokens that are well signed, and too old, too new, or somebody else's (RFC 9068 §4). */
final class Claims {

    private static final Duration HOUR = Duration.ofHours(1);

    private Claims() {}

    static void addTo(HostileCases cases) {
        times(cases);
        issuers(cases);
        audiences(cases);
        bad(cases, "a subject that is no text", token -> token.claim("sub", List.of("alice", "bob")));
    }

    private static void times(HostileCases cases) {
        bad(cases, "no exp", token -> token.without("exp"));
        bad(cases, "exp in the past", token -> token.expiredBy(HOUR));
        bad(cases, "exp as a text", token -> token.claim("exp", "4102444800"));
        bad(cases, "exp beyond all dates", token -> token.claim("exp", 1e300));
        bad(cases, "exp null", token -> token.claim("exp", null));
        bad(cases, "nbf in the future", token -> token.notValidFor(HOUR));
        bad(cases, "iat in the future", token -> token.issuedAt(Instant.now().plus(HOUR)));
    }

    private static void issuers(HostileCases cases) {
        bad(cases, "no iss", token -> token.without("iss"));
        bad(cases, "another iss", token -> token.claim("iss", "https://attacker.example"));
        cases.text(
                "claims: iss with a slash at its end",
                Expected.BAD_TOKEN,
                issuer -> cases.good(issuer).claim("iss", issuer.issuer() + "/").sign());
        cases.text(
                "claims: iss in a list",
                Expected.BAD_TOKEN,
                issuer -> cases.good(issuer)
                        .claim("iss", List.of(issuer.issuer()))
                        .sign());
    }

    private static void audiences(HostileCases cases) {
        aud(cases, "ours among the audiences", Expected.PASSES, ours -> List.of("https://other.example", ours));
        bad(cases, "no aud", token -> token.without("aud"));
        bad(cases, "another aud", token -> token.audience("https://other.example"));
        aud(cases, "aud that begins as ours", Expected.BAD_TOKEN, ours -> ours + ".attacker.example");
        aud(
                cases,
                "aud that is the beginning of ours",
                Expected.BAD_TOKEN,
                ours -> ours.substring(0, ours.length() - 1));
        bad(cases, "no audience in the list", token -> token.claim("aud", List.of()));
        bad(cases, "aud null", token -> token.claim("aud", null));
    }

    private static void aud(HostileCases cases, String name, Expected expected, Function<String, Object> made) {
        cases.text(
                "claims: " + name,
                expected,
                issuer -> cases.good(issuer)
                        .claim("aud", made.apply(cases.audience(issuer)))
                        .sign());
    }

    private static void bad(HostileCases cases, String name, UnaryOperator<TokenBuilder> change) {
        cases.token("claims: " + name, Expected.BAD_TOKEN, change);
    }
}
