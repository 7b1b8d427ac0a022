package dev.scopegate.introspection.authentication;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

/**
 * The resource server signs a JWT that says who it is, a new one for each request, good for a minute. The server needs its public
 * key only, so there is no secret that could leak there.
 *
 * <p>Does not check that the server knows the key. Safe for concurrent use. Its text form hides the key.
 *
 * @param clientId the client identifier, not blank, such as {@code contacts-api}
 * @param key the private key
 * @param audience for whom the JWT is: the issuer identifier of the server, such as {@code https://login.example.com}; some
 *     servers want the address of their token endpoint. Not blank
 * @param clock the wall clock
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7523#section-2.2">RFC 7523 §2.2, §3</a>
 */
public record PrivateKeyJwt(String clientId, SigningKey key, String audience, InstantSource clock)
        implements ClientAuthentication {

    /** Long enough for clocks that differ a little, and for nothing else. */
    private static final Duration LIFETIME = Duration.ofSeconds(60);

    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** Refuses a blank id, and a blank audience: such a JWT could be shown elsewhere by whoever gets it. */
    public PrivateKeyJwt {
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("the client id is blank");
        }
        if (audience.isBlank()) {
            throw new IllegalArgumentException("the audience is blank");
        }
    }

    /** By the clock of the machine. */
    public PrivateKeyJwt(String clientId, SigningKey key, String audience) {
        this(clientId, key, audience, Clock.systemUTC());
    }

    @Override
    public Presented present(URI endpoint) {
        return Presented.form(Map.of(
                "client_id", clientId, "client_assertion_type", ASSERTION_TYPE, "client_assertion", assertion()));
    }

    private String assertion() {
        Instant now = clock.instant();
        return key.sign(new JWTClaimsSet.Builder()
                .issuer(clientId)
                .subject(clientId)
                .audience(audience)
                // Against replay: a server takes each only once.
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .build());
    }

    @Override
    public String toString() {
        return "PrivateKeyJwt[clientId=" + clientId + ", audience=" + audience + ", key=hidden]";
    }
}
