package dev.scopegate.sample.authorization;

import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;

/** The confidential clients of the demo; their secret is public, and for the demo only. */
public enum DemoMachine {
    /** Its access tokens are JWTs. */
    JWT("contacts-machine"),
    /** Its access tokens are opaque. */
    OPAQUE("contacts-machine-opaque");

    private final String id;

    DemoMachine(String id) {
        this.id = id;
    }

    /** The {@code client_id}. */
    public String id() {
        return id;
    }

    /** The {@code client_secret}. */
    public String secret() {
        return "machine-secret";
    }

    OAuth2TokenFormat format() {
        return this == JWT ? OAuth2TokenFormat.SELF_CONTAINED : OAuth2TokenFormat.REFERENCE;
    }
}
