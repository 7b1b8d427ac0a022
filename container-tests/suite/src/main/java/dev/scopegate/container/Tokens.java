package dev.scopegate.container;

import dev.scopegate.test.TestIssuer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The tokens of a test, from two issuers of which the second one issues opaque tokens too. All are alice's, and good but
 * for what their names say. Remembers each token that it gave out, so that a test can look for it where it must not be.
 *
 * <p>Not thread-safe.
 */
public final class Tokens implements AutoCloseable {

    private final TestIssuer main = TestIssuer.start();
    private final TestIssuer partner = TestIssuer.start();
    private final List<String> given = new ArrayList<>();

    /** The {@code scopegate.yaml} that trusts both issuers. */
    public String policy() {
        return Policy.of(main.issuer(), partner.issuer());
    }

    /** A good JWT of the first issuer with these scopes. */
    public String withScopes(String... scopes) {
        return given(main.token().scope(String.join(" ", scopes)).sign());
    }

    /** A good JWT that may read contacts, for requests that the container itself refuses, and logs in doing so. */
    public String logged() {
        return main.token().scope("read:contacts").sign();
    }

    /** A JWT of the first issuer that is good, but for another audience. */
    public String forAnotherAudience(String... scopes) {
        return given(main.token()
                .audience("https://api.example.com/invoices")
                .scope(String.join(" ", scopes))
                .sign());
    }

    /** A JWT of the first issuer that is good, but no longer valid since a minute, which is more than the clocks may differ. */
    public String expired(String... scopes) {
        return given(main.token()
                .scope(String.join(" ", scopes))
                .expiresAt(Instant.now().minusSeconds(60))
                .sign());
    }

    /** A good JWT of the second issuer. */
    public String ofPartner(String... scopes) {
        return given(partner.token().scope(String.join(" ", scopes)).sign());
    }

    /** A JWT that says it is the first issuer's, signed by the second one. */
    public String ofPartnerInTheNameOfMain(String... scopes) {
        return given(partner.token()
                .claim("iss", main.issuer())
                .scope(String.join(" ", scopes))
                .sign());
    }

    /** A JWT of the first issuer that may read contacts, with one claim changed. */
    public String withClaim(String name, Object value) {
        return given(main.token().scope("read:contacts").claim(name, value).sign());
    }

    /** An opaque token of the second issuer, about which it says that it is active. */
    public String opaque(String... scopes) {
        return given(partner.opaque(Map.of(
                "active",
                true,
                "iss",
                partner.issuer(),
                "sub",
                "alice",
                "aud",
                "https://api.example.com/contacts",
                "scope",
                String.join(" ", scopes),
                "exp",
                Instant.now().plusSeconds(300).getEpochSecond())));
    }

    /** An opaque token of the second issuer, about which it says that it is not active. */
    public String opaqueInactive() {
        return given(partner.opaque(Map.of("active", false)));
    }

    /** How often the second issuer was asked about an opaque token so far. */
    public int introspections() {
        return partner.introspectionCalls();
    }

    /**
     * All that must not be seen anywhere: each token that was given out, and of a JWT its claims and its signature. Its
     * header is the same for all tokens of a key.
     */
    public Stream<String> secrets() {
        return given.stream()
                .flatMap(token -> Stream.concat(
                        Stream.of(token), Arrays.stream(token.split("\\.")).skip(1)));
    }

    @Override
    public void close() {
        main.close();
        partner.close();
    }

    private String given(String token) {
        given.add(token);
        return token;
    }
}
