package dev.scopegate.test.matrix;

import dev.scopegate.test.TokenBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Good tokens of the same issuer that are no access tokens (RFC 8725 §2.8, §3.11). */
final class ForeignKinds {

    private ForeignKinds() {}

    static void addTo(HostileCases cases) {
        cases.token("kind: an access token by its type", Expected.PASSES, token -> token.type("at+jwt"));
        for (String type : List.of(
                "dpop+jwt",
                "logout+jwt",
                "secevent+jwt",
                "token-introspection+jwt",
                "oauth-authz-req+jwt",
                "vc+sd-jwt")) {
            foreign(cases, type, token -> token.type(type));
        }
        foreign(
                cases,
                "an ID token",
                token -> token.claim("nonce", "n-0S6").claim("at_hash", "MTIzNDU2Nzg5MDEyMzQ1Ng"));
        foreign(cases, "a refresh token of Keycloak", token -> token.claim("typ", "Refresh"));
        foreign(
                cases,
                "a logout token",
                token -> token.claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())));
        foreign(cases, "an introspection answer", token -> token.claim("token_introspection", Map.of("active", true)));
        foreign(
                cases,
                "bound to a key that was not shown",
                token -> token.claim("cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I")));
        foreign(
                cases,
                "bound to a certificate that was not shown",
                token -> token.claim("cnf", Map.of("x5t#S256", "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2")));
    }

    private static void foreign(HostileCases cases, String name, UnaryOperator<TokenBuilder> change) {
        cases.token("kind: " + name, Expected.BAD_TOKEN, change);
    }
}
