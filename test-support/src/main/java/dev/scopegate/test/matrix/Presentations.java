package dev.scopegate.test.matrix;

import dev.scopegate.test.matrix.ApiRequest.Field;
import java.util.List;

/** Where and how a token is presented (RFC 6750 §2, §3.1). */
final class Presentations {

    private static final String NAME = "Authorization";
    private static final int TOO_LONG = 8_193;

    private Presentations() {}

    static void addTo(HostileCases cases) {
        cases.fields("presentation: a good token", Expected.PASSES, token -> one("Bearer " + token));
        cases.fields("presentation: the scheme in lower case", Expected.PASSES, token -> one("bearer " + token));
        cases.fields("presentation: no credentials", Expected.NO_CREDENTIALS, token -> List.of());
        cases.fields("presentation: another scheme", Expected.NO_CREDENTIALS, token -> one("Basic dTpw"));
        cases.fields(
                "presentation: a scheme that begins alike", Expected.NO_CREDENTIALS, token -> one("Bearerx " + token));
        cases.fields("presentation: the scheme alone", Expected.MALFORMED, token -> one("Bearer"));
        cases.fields("presentation: two words", Expected.MALFORMED, token -> one("Bearer abc " + token));
        cases.fields("presentation: a quotation mark", Expected.MALFORMED, token -> one("Bearer \"" + token + "\""));
        cases.fields(
                "presentation: two in one field",
                Expected.MALFORMED,
                token -> one("Bearer " + token + ", Bearer " + token));
        cases.fields(
                "presentation: a second field",
                Expected.MALFORMED,
                token -> List.of(new Field(NAME, "Bearer " + token), new Field(NAME, "Bearer garbage")));
        cases.fields(
                "presentation: a first field",
                Expected.MALFORMED,
                token -> List.of(new Field(NAME, "Basic dTpw"), new Field(NAME, "Bearer " + token)));
        cases.fields("presentation: too long", Expected.TOO_LARGE, token -> one("Bearer " + "a".repeat(TOO_LONG)));
        cases.fields(
                "presentation: in a cookie",
                Expected.NO_CREDENTIALS,
                token -> List.of(new Field("Cookie", "access_token=" + token)));
        cases.fields(
                "presentation: in a field of somebody's own",
                Expected.NO_CREDENTIALS,
                token -> List.of(new Field("X-Access-Token", token)));
        cases.fields(
                "presentation: as if to a proxy",
                Expected.NO_CREDENTIALS,
                token -> List.of(new Field("Proxy-Authorization", "Bearer " + token)));
        cases.urlWithToken(
                "presentation: in the query",
                Expected.NO_CREDENTIALS,
                token -> cases.route().path() + "?access_token=" + token);
    }

    private static List<Field> one(String authorization) {
        return List.of(new Field(NAME, authorization));
    }
}
