package dev.scopegate.test.matrix;

import dev.scopegate.test.TokenBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Good tokens that may less than they ask for (RFC 6750 §3.1, RFC 6749 §3.3). */
final class Scopes {

    private Scopes() {}

    static void addTo(HostileCases cases) {
        String needed = cases.route().scopes();
        cases.token("scopes: more than are needed", Expected.PASSES, token -> token.scope("openid " + needed + " x"));
        little(cases, "none", token -> token.without("scope"));
        little(cases, "an empty text", token -> token.scope(""));
        little(cases, "others", token -> token.scope("openid profile"));
        little(cases, "one that begins alike", token -> token.scope(needed.replace(" ", "x ") + "x"));
        little(cases, "with a comma between them", token -> token.scope("openid," + needed.replace(' ', ',')));
        if (!needed.toUpperCase(Locale.ROOT).equals(needed)) {
            little(cases, "in capitals", token -> token.scope(needed.toUpperCase(Locale.ROOT)));
        }
        cases.token("scopes: an object", Expected.BAD_TOKEN, token -> token.claim("scope", Map.of(needed, true)));
    }

    private static void little(HostileCases cases, String name, UnaryOperator<TokenBuilder> change) {
        cases.token("scopes: " + name, Expected.TOO_LITTLE, change);
    }
}
