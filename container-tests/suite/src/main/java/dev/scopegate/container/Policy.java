package dev.scopegate.container;

/** The {@code scopegate.yaml} of the tests, and what it becomes when it is broken. */
public final class Policy {

    /** An issuer that nobody can reach. */
    static final String UNREACHABLE = "http://127.0.0.1:9/main";

    private Policy() {}

    /** The policy for two issuers, of which the second one has its opaque tokens introspected. */
    public static String of(String mainIssuer, String partnerIssuer) {
        return """
            resource: https://api.example.com/contacts

            issuers:
              - name: main
                issuer: %s
              - name: partner
                issuer: %s
                introspection:
                  client-id: contacts-api
                  client-secret: api-secret
                  timeout: 20s   # the machine that runs the tests may be busy
                  cache: { ttl: 0s, negative-ttl: 0s }   # so that a test can count the validations

            routes:
              - { route: GET /contacts/**, scopes: read:contacts }
              - { route: POST /contacts, any-scope: [create:contacts, admin:contacts] }
              - { route: 'DELETE /contacts/{id}', scopes: delete:contacts }
              - { route: GET /reports, scopes: read:reports }
              - { route: GET /async/*, scopes: read:contacts }
              - { route: GET /relay/**, scopes: read:contacts }
              - { route: GET /broken/*, scopes: read:contacts }
              - { route: '* /whatever', scopes: read:contacts }
              - { route: GET /feed, scopes: read:contacts }
              - { route: '* /echo/*', scopes: read:contacts }
              - { route: GET /about, access: authenticated }
              - { route: GET|HEAD /health, access: public }
              - { route: GET /open-relay/**, access: public }
              - { route: GET /open-broken, access: public }
            default-access: deny

            challenge: { realm: contacts, metadata: true }
            http: { allow-insecure-loopback: true, connect-timeout: 20s }
            """.formatted(mainIssuer, partnerIssuer);
    }

    /** The policy for issuers that nobody will ask. */
    public static String ofNobody() {
        return of(UNREACHABLE, "http://127.0.0.1:9/partner");
    }

    /** A policy in which one key of one rule is misspelt: {@code scpoes}. */
    public static String misspelt() {
        return ofNobody().replace("GET /contacts/**, scopes:", "GET /contacts/**, scpoes:");
    }
}
