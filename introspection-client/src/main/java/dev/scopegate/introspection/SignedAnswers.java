package dev.scopegate.introspection;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * That the endpoint has to sign its answers, and what a signed one is held to. An answer that is not signed is refused then: the
 * signature shows later what the server said, and keeps whoever ends TLS in between from saying something else.
 *
 * <p>Checks that the answer has the media type {@code application/token-introspection+jwt} and the JOSE {@code typ} of that name,
 * with or without {@code application/} in front (RFC 7515 §4.1.9 calls the two the same) and in any case; that its algorithm is one
 * of {@code algorithms}, that no header parameter is critical, and that the signature is by a key of the issuer; that {@code iss} is
 * the issuer to the letter, that {@code aud} holds the client id or one of {@code audiences}; that {@code iat} is there, neither in
 * the future nor older than five minutes; {@code exp} and {@code nbf} if they are there. What counts as the answer is the object
 * {@code token_introspection} alone.
 *
 * <p>Does not check that the answer is about the token that was asked about: nothing in it says so, and the connection has to vouch
 * for that. Does not decrypt: an encrypted answer is refused. Does not use keys, or addresses of keys, that an answer brings along.
 *
 * <p>A signature that does not hold, and whatever else is wrong with an answer, is {@link
 * IntrospectionException.Kind#MALFORMED_ANSWER}; a key that is not known, or keys that are not to be had, {@link
 * IntrospectionException.Kind#ENDPOINT_UNAVAILABLE}. Neither ever means that a token is not active.
 *
 * <p>Immutable.
 *
 * @param issuer the issuer identifier of the authorization server, such as {@code https://login.example.com/realms/contacts}
 * @param keys the issuer's keys
 * @param audiences by what names beside its client id the resource server is known to the issuer, such as {@code
 *     https://api.example.com/contacts}; may be empty
 * @param algorithms names of asymmetric JWS algorithms, such as {@code RS256}; at least one
 * @param clockSkew how far the two clocks may be apart, zero to five minutes
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9701#section-5">RFC 9701 §5</a>
 */
public record SignedAnswers(
        String issuer, AnswerKeys keys, Set<String> audiences, Set<String> algorithms, Duration clockSkew) {

    private static final Set<String> DEFAULT_ALGORITHMS = Set.of("RS256", "PS256", "ES256", "EdDSA", "Ed25519");
    private static final Duration DEFAULT_SKEW = Duration.ofSeconds(60);
    private static final Duration LONGEST_SKEW = Duration.ofMinutes(5);

    /**
     * Keeps copies.
     *
     * @throws IllegalArgumentException if the issuer is empty, there is no algorithm or one that is not among those that are known
     *     here, or the clock skew is out of its bounds
     */
    public SignedAnswers {
        audiences = Set.copyOf(audiences);
        algorithms = Set.copyOf(algorithms);
        if (issuer.isEmpty() || audiences.contains("")) {
            throw new IllegalArgumentException("the issuer or an audience is empty");
        }
        // "none" and HMACs among them would let anybody sign: for an HMAC the public key is a secret that all know.
        if (algorithms.isEmpty()
                || !algorithms.stream().map(JWSAlgorithm::parse).allMatch(AnswerSignature.ALGORITHMS::contains)) {
            throw new IllegalArgumentException("algorithms are none, or not all asymmetric: " + algorithms);
        }
        if (clockSkew.isNegative() || clockSkew.compareTo(LONGEST_SKEW) > 0) {
            throw new IllegalArgumentException("the clock skew is not between 0 s and 5 min: " + clockSkew);
        }
    }

    /**
     * Answers signed by {@code issuer} with one of {@code keys}: for the client id alone, by RS256, PS256, ES256, EdDSA or Ed25519,
     * with a clock skew of one minute.
     *
     * @param keys such as {@link AnswerKeys#of} makes them of what Nimbus offers
     */
    public static SignedAnswers by(String issuer, AnswerKeys keys) {
        return new SignedAnswers(issuer, keys, Set.of(), DEFAULT_ALGORITHMS, DEFAULT_SKEW);
    }

    /** The same, but {@code audience} is also a name of the resource server. */
    public SignedAnswers audience(String audience) {
        Set<String> more = new LinkedHashSet<>(audiences);
        more.add(audience);
        return new SignedAnswers(issuer, keys, more, algorithms, clockSkew);
    }

    /** The same with other algorithms: RS, PS or ES with 256, 384 or 512, EdDSA, Ed25519. */
    public SignedAnswers algorithms(Collection<String> names) {
        return new SignedAnswers(issuer, keys, audiences, Set.copyOf(names), clockSkew);
    }

    /** The same with another clock skew. */
    public SignedAnswers clockSkew(Duration skew) {
        return new SignedAnswers(issuer, keys, audiences, algorithms, skew);
    }

    /** The algorithms as the library knows them. */
    Set<JWSAlgorithm> accepted() {
        return algorithms.stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
    }
}
