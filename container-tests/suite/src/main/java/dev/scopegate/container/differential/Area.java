package dev.scopegate.container.differential;

import java.util.Optional;

/**
 * The parts of the sentinel application, told apart in a second way: not by the rules of the filter but by plain
 * comparison of what a servlet saw. This is the oracle.
 */
enum Area {
    ADMIN("admin"),
    ORDERS("orders"),
    FILES("files"),
    REPORTS("reports"),
    VAULT("vault"),
    PUBLIC(""),
    /** What no rule names. */
    REST("");

    private final String scope;

    Area(String scope) {
        this.scope = scope;
    }

    /** The policy for these parts. */
    static String policy(String issuer, String defaultAccess) {
        return """
            resource: https://api.example.com/contacts
            issuers:
              - { name: main, issuer: '%s' }
            routes:
              - { route: '* /admin/**', scopes: admin }
              - { route: '* /api/admin/**', scopes: admin }
              - { route: '* /orders/**', scopes: orders }
              - { route: '* /files/**', scopes: files }
              - { route: '* /reports/**', scopes: reports }
              - { route: '* /reports/{id}/status', access: public }
              - { route: '* /vault', scopes: vault }
              - { route: '* /public/**', access: public }
              - { route: '* /api/public/**', access: public }
            default-access: %s
            http: { allow-insecure-loopback: true, connect-timeout: 20s }
            """.formatted(issuer, defaultAccess);
    }

    /** The part that an entry belongs to. */
    static Area of(Journal.Entry entry) {
        String path = entry.path();
        // The servlets of the first part have no other paths: who enters them is there, whatever path they saw.
        if (entry.servlet().startsWith("admin") || path.equals("/admin") || path.startsWith("/admin/")) {
            return ADMIN;
        }
        if (path.equals("/api/admin") || path.startsWith("/api/admin/")) {
            return ADMIN;
        }
        if (path.equals("/vault")) {
            return VAULT;
        }
        if (path.matches("(?s)/reports/[^/]+/status") || path.matches("(?s)(/api)?/public(/.*)?")) {
            return PUBLIC;
        }
        return prefixed(path);
    }

    private static Area prefixed(String path) {
        for (Area area : new Area[] {ORDERS, FILES, REPORTS}) {
            if (path.equals("/" + area.scope) || path.startsWith("/" + area.scope + "/")) {
                return area;
            }
        }
        return REST;
    }

    /** The scope that its rule asks for. */
    Optional<String> scope() {
        return Optional.of(scope).filter(name -> !name.isEmpty());
    }
}
