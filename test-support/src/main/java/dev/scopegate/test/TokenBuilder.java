package dev.scopegate.test;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An access token in the making. It starts valid, so that a test changes the one thing that it is about; each change says what a
 * right server answers to it:
 *
 * <pre>{@code
 * issuer.token().scope("read:contacts").sign();                                  // good
 * issuer.token().scope("read:contacts").expiredBy(Duration.ofHours(1)).sign();   // its refused twin
 * }</pre>
 *
 * <p>Without a change: {@code alg} is {@code RS256}, {@code kid} that of the issuer's key, no {@code typ}; {@code iss} is the
 * issuer, {@code sub} {@code alice}, {@code aud} the {@linkplain TestIssuer#audience() audience} of the issuer, {@code client_id}
 * {@code contacts-web}, {@code iat} now, {@code exp} five minutes later, {@code jti} a fresh one; no {@code scope}. Of two
 * changes of one claim the last counts.
 *
 * <p>Checks nothing: it makes any nonsense that a test asks for. Not thread-safe; use one per token.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068#section-2">RFC 9068 §2</a>
 */
public final class TokenBuilder {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final SigningKeys keys;
    private final String issuer;
    private final String audience;
    private final Map<String, @Nullable Object> header = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> claims = new LinkedHashMap<>();
    private final Set<String> removed = new HashSet<>();
    private Clock clock = Clock.systemUTC();
    private JWSAlgorithm algorithm = JWSAlgorithm.RS256;
    private Optional<JWK> otherKey = Optional.empty();
    private Optional<UnaryOperator<byte[]>> otherSigner = Optional.empty();
    private Optional<String> rawHeader = Optional.empty();
    private Optional<String> rawClaims = Optional.empty();
    private boolean anotherKey;
    private boolean signed = true;
    private boolean namesKey = true;

    /** A claim that is told when the token is signed. */
    private record FromNow(Duration offset) {}

    TokenBuilder(String issuer, String audience, SigningKeys keys) {
        this.issuer = issuer;
        this.audience = audience;
        this.keys = keys;
    }

    /** Who the token speaks for; default {@code alice}. Passes. */
    public TokenBuilder subject(String subject) {
        return claim("sub", subject);
    }

    /** For whom the token is: one audience becomes a string, several a list. 401 {@code invalid_token} unless ours is among them. */
    public TokenBuilder audience(String... audiences) {
        return claim("aud", audiences.length == 1 ? audiences[0] : List.of(audiences));
    }

    /**
     * The scopes with a space between them, as in {@code read:contacts delete:contacts}. 403 {@code insufficient_scope} unless they
     * are what the route requires.
     */
    public TokenBuilder scope(String scopes) {
        return claim("scope", scopes);
    }

    /** {@code exp} that long before the token is signed. 401 {@code invalid_token}, if it is longer than the clock skew of the API. */
    public TokenBuilder expiredBy(Duration ago) {
        return claim("exp", new FromNow(ago.negated()));
    }

    /** {@code nbf} that long after the token is signed. 401 {@code invalid_token}, if it is longer than the clock skew of the API. */
    public TokenBuilder notValidFor(Duration wait) {
        return claim("nbf", new FromNow(wait));
    }

    /** {@code exp}, in whole seconds; see {@link #expiredBy}. */
    public TokenBuilder expiresAt(Instant instant) {
        return claim("exp", instant.getEpochSecond());
    }

    /** {@code iat}, in whole seconds. Does not move {@code exp}. */
    public TokenBuilder issuedAt(Instant instant) {
        return claim("iat", instant.getEpochSecond());
    }

    /** {@code nbf}, in whole seconds; see {@link #notValidFor}. */
    public TokenBuilder notBefore(Instant instant) {
        return claim("nbf", instant.getEpochSecond());
    }

    /**
     * Any claim.
     *
     * @param value a string, number, boolean, list or map of such; null stands for the JSON null, which is a value
     */
    public TokenBuilder claim(String name, @Nullable Object value) {
        removed.remove(name);
        claims.put(name, value);
        return this;
    }

    /** Leaves a claim out. 401 {@code invalid_token} for {@code exp}, {@code iss} and {@code aud}; 403 for {@code scope}. */
    public TokenBuilder without(String name) {
        removed.add(name);
        return this;
    }

    /** Any header parameter, which wins over what the builder would write; changes nothing of how the token is signed. */
    public TokenBuilder header(String name, @Nullable Object value) {
        header.put(name, value);
        return this;
    }

    /**
     * The header as this very text, encoded as it is: duplicate names, broken JSON, whatever a map cannot say. No other setting
     * of the header counts then, and none of how the token is signed changes.
     */
    public TokenBuilder rawHeader(String json) {
        this.rawHeader = Optional.of(json);
        return this;
    }

    /** The payload as this very text, encoded as it is. No claim that was set counts then. */
    public TokenBuilder rawClaims(String json) {
        this.rawClaims = Optional.of(json);
        return this;
    }

    /** {@code typ}, such as {@code at+jwt}. 401 {@code invalid_token} if it is that of another kind of JWT. */
    public TokenBuilder type(String type) {
        return header("typ", type);
    }

    /** The algorithm: RS256, PS256, ES256, EdDSA or Ed25519 with the issuer's keys; another one needs {@link #signedBy}. */
    public TokenBuilder algorithm(JWSAlgorithm wanted) {
        this.algorithm = wanted;
        return this;
    }

    /** Signs with a fresh key for the algorithm, while {@code kid} goes on naming the issuer's: a forgery. 401 {@code invalid_token}. */
    public TokenBuilder signedByAnotherKey() {
        this.anotherKey = true;
        return this;
    }

    /** As {@link #signedByAnotherKey}, with a key of the test's own. */
    public TokenBuilder signedBy(JWK key) {
        this.otherKey = Optional.of(key);
        return this;
    }

    /**
     * Signs by a function from the octets that are signed to those of the signature, whatever key and algorithm say: for
     * keys and signatures that no library would make. The header stays as it is.
     *
     * @param signer may return no octet at all, for an empty signature
     */
    public TokenBuilder signedWith(UnaryOperator<byte[]> signer) {
        this.otherSigner = Optional.of(signer);
        return this;
    }

    /** {@code alg} is {@code none}, and the signature is empty. 401 {@code invalid_token}. */
    public TokenBuilder unsigned() {
        this.signed = false;
        return this;
    }

    /** {@code kid}, whatever key signs. 401 {@code invalid_token} if it is not the one of the key that signs. */
    public TokenBuilder withKid(String keyId) {
        return header("kid", keyId);
    }

    /** Leaves {@code kid} out. */
    public TokenBuilder withoutKid() {
        this.namesKey = false;
        header.remove("kid");
        return this;
    }

    /** The clock for {@code iat} and {@code exp}, read in {@link #sign}; default: the system's. */
    public TokenBuilder clock(Clock wanted) {
        this.clock = wanted;
        return this;
    }

    /**
     * The token in compact form.
     *
     * @throws IllegalArgumentException if there is no key that could sign so
     */
    public String sign() {
        String input = encode(rawHeader.orElseGet(() -> JSONObjectUtils.toJSONString(headerParameters())))
                + '.'
                + encode(rawClaims.orElseGet(() -> JSONObjectUtils.toJSONString(allClaims())));
        return input + '.' + (signed ? signature(input) : "");
    }

    /**
     * The value of an {@code Authorization} field that presents the token: {@code Bearer} and what {@link #sign} gives.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750 §2.1</a>
     */
    public String authorization() {
        return "Bearer " + sign();
    }

    private Base64URL signature(String input) {
        byte[] octets = input.getBytes(StandardCharsets.US_ASCII);
        return otherSigner
                .map(signer -> Base64URL.encode(signer.apply(octets)))
                .orElseGet(() -> Signatures.sign(algorithm, otherKey.orElseGet(this::ownKey), octets));
    }

    private JWK ownKey() {
        return anotherKey ? SigningKeys.generate(algorithm) : keys.get(algorithm);
    }

    private Map<String, @Nullable Object> headerParameters() {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("alg", signed ? algorithm.getName() : "none");
        if (signed && namesKey) {
            keys.find(algorithm).ifPresent(key -> parameters.put("kid", key.getKeyID()));
        }
        parameters.putAll(header);
        return parameters;
    }

    private Map<String, @Nullable Object> allClaims() {
        Instant now = clock.instant();
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("iss", issuer);
        all.put("sub", "alice");
        all.put("aud", audience);
        all.put("client_id", "contacts-web");
        all.put("iat", now.getEpochSecond());
        all.put("exp", now.plus(LIFETIME).getEpochSecond());
        all.put("jti", UUID.randomUUID().toString());
        all.putAll(claims);
        all.keySet().removeAll(removed);
        all.replaceAll((name, value) ->
                value instanceof FromNow from ? (Object) now.plus(from.offset()).getEpochSecond() : value);
        return all;
    }

    private static String encode(String json) {
        return Base64URL.encode(json).toString();
    }
}
