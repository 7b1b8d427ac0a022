package dev.scopegate.container.differential;

import dev.scopegate.container.Client;
import dev.scopegate.test.TestIssuer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who sends a request line.
 *
 * @param name for messages
 * @param scopes what the token may do; empty for nobody
 * @param headers the header lines that present the token
 */
record Caller(String name, Set<String> scopes, List<String> headers) {

    private static final Set<String> EVERYTHING =
            Arrays.stream(Area.values()).flatMap(area -> area.scope().stream()).collect(Collectors.toUnmodifiableSet());

    /**
     * Nobody; somebody who may do everything; and two who share everything between them, so that a rule that was mistaken for
     * another one lets one of them in too far.
     */
    static List<Caller> all(TestIssuer issuer) {
        Set<String> others =
                EVERYTHING.stream().filter(scope -> !scope.equals("admin")).collect(Collectors.toSet());
        return List.of(
                new Caller("no token", Set.of(), List.of()),
                holding("a token for everything", EVERYTHING, issuer),
                holding("a token for admin alone", Set.of("admin"), issuer),
                holding("a token for all but admin", others, issuer));
    }

    private static Caller holding(String name, Set<String> scopes, TestIssuer issuer) {
        String token = issuer.token().scope(String.join(" ", scopes)).sign();
        return new Caller(name, scopes, List.of(Client.bearer(token)));
    }

    /** Whether it may do everything. */
    boolean isUnlimited() {
        return scopes.equals(EVERYTHING);
    }

    /** The header lines that it sends. */
    String[] lines() {
        return headers.toArray(String[]::new);
    }

    /** Whether it may enter a part of the application. */
    boolean may(Area area, boolean restIsPublic) {
        return area.scope().map(scopes::contains).orElse(area == Area.PUBLIC || restIsPublic);
    }
}
