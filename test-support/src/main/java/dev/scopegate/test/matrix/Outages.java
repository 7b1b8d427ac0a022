package dev.scopegate.test.matrix;

import dev.scopegate.test.matrix.HostileCase.Weather;
import java.time.Instant;

/** What becomes of tokens while the issuer is down. The API has its keys by now. */
final class Outages {

    private Outages() {}

    static void addTo(HostileCases cases) {
        cases.text(
                "outage: a good token, keys known",
                Expected.PASSES,
                Weather.OUTAGE,
                issuer -> cases.good(issuer).sign());
        cases.text(
                "outage: a kid that nobody has",
                Expected.BAD_TOKEN,
                Weather.OUTAGE,
                issuer -> cases.good(issuer).withKid("nobody-has-this-either").sign());
        cases.text(
                "outage: expired meanwhile",
                Expected.BAD_TOKEN,
                Weather.OUTAGE,
                issuer -> cases.good(issuer).expiresAt(Instant.EPOCH).sign());
    }
}
