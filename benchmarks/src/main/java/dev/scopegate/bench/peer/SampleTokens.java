package dev.scopegate.bench.peer;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Access tokens as real servers issue them, all of them different: by RFC 9068 with twenty claims and about 1 kB each, and opaque
 * ones of 43 characters; and the JWK Set of their issuer. They lie in a folder, so that nothing of the JVM that measures has
 * signed before. Immutable.
 */
public final class SampleTokens {

    /** Who issued them. */
    public static final String ISSUER = "https://login.example.com/realms/contacts";

    /** For whom they are. */
    public static final String AUDIENCE = "https://api.example.com/contacts";

    /** The scope that is asked for. */
    public static final String SCOPE = "read:contacts";

    /** The system property that names the folder. */
    public static final String PROPERTY = "scopegate.bench.tokens";

    private static final int TOKENS = 4_096;
    private static final int LIFETIME_SECONDS = 24 * 3_600;
    private static final String JWKS = "jwks.json";
    private static final String OPAQUE = "opaque.tokens";
    private static final int OPAQUE_BYTES = 32;

    private final Path folder;

    private SampleTokens(Path folder) {
        this.folder = folder;
    }

    /** Writes the tokens of a whole run into the folder that is named. */
    public static void main(String[] arguments) throws IOException {
        make(Path.of(arguments[0]), TOKENS);
    }

    /** Those of the run, from the folder that the system property names; without one, freshly made ones. */
    public static SampleTokens ofThisRun() {
        String folder = System.getProperty(PROPERTY, "");
        try {
            return folder.isEmpty()
                    ? make(Files.createTempDirectory("tokens"), TOKENS)
                    : new SampleTokens(Path.of(folder));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Makes keys, {@code count} tokens with each, and as many opaque ones. */
    public static SampleTokens make(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        List<JWK> published = new ArrayList<>();
        for (Algorithm algorithm : Algorithm.values()) {
            try {
                KeyPair keys = algorithm.generate();
                JWK key = algorithm.published(keys.getPublic());
                published.add(key);
                List<String> signed = IntStream.range(0, count)
                        .parallel()
                        .mapToObj(number -> token(algorithm, key.getKeyID(), keys, number))
                        .toList();
                Files.write(folder.resolve(algorithm + ".tokens"), signed);
            } catch (GeneralSecurityException lacking) {
                throw new IllegalStateException("this JDK lacks " + algorithm, lacking);
            }
        }
        Files.writeString(folder.resolve(JWKS), new JWKSet(published).toString(true));
        SecureRandom random = new SecureRandom();
        Files.write(
                folder.resolve(OPAQUE),
                IntStream.range(0, count).mapToObj(number -> opaque(random)).toList());
        return new SampleTokens(folder);
    }

    private static String token(Algorithm algorithm, String keyId, KeyPair keys, int number) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", algorithm.jwsName());
        header.put("typ", "at+jwt");
        header.put("kid", keyId);
        String input = encoded(header) + '.' + encoded(claims(number));
        try {
            Signature signature = algorithm.signatures(Optional.empty()).get();
            signature.initSign(keys.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + '.' + Base64URL.encode(algorithm.asJws(signature.sign()));
        } catch (GeneralSecurityException lacking) {
            throw new IllegalStateException("this JDK does not sign with " + algorithm, lacking);
        }
    }

    private static String encoded(Map<String, Object> members) {
        return Base64URL.encode(JSONObjectUtils.toJSONString(members)).toString();
    }

    /** An opaque token, which is nobody's until somebody knows it. */
    public static String opaque(SecureRandom random) {
        byte[] bytes = new byte[OPAQUE_BYTES];
        random.nextBytes(bytes);
        return Base64URL.encode(bytes).toString();
    }

    /** The claims of the token that has this number. */
    static Map<String, Object> claims(int number) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("sub", "f3b1a2c4-0d5e-4f60-9a7b-" + (100_000_000_000L + number % 500));
        claims.put("aud", AUDIENCE);
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + LIFETIME_SECONDS);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("client_id", "contacts-web");
        claims.put("scope", SCOPE + " create:contacts update:contacts openid profile");
        claims.put("auth_time", now - 60);
        claims.put("acr", "urn:example:loa:2");
        claims.put("amr", List.of("pwd", "otp"));
        claims.put("sid", UUID.randomUUID().toString());
        claims.put("azp", "contacts-web");
        claims.put("preferred_username", "user" + number % 500);
        claims.put("email", "user" + number % 500 + "@example.com");
        claims.put("email_verified", true);
        claims.put("tenant", "acme");
        claims.put("realm_access", Map.of("roles", List.of("user", "offline_access")));
        claims.put("locale", "en-GB");
        return claims;
    }

    /** The tokens that are signed with {@code algorithm}. */
    public List<String> signedWith(Algorithm algorithm) {
        return lines(algorithm + ".tokens");
    }

    /** The opaque ones, which their issuer knows by their places in this list. */
    public List<String> opaque() {
        return lines(OPAQUE);
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(folder.resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Where the JWK Set of the issuer is. */
    Path jwksFile() {
        return folder.resolve(JWKS);
    }

    /** The JWK Set of the issuer. */
    JWKSet jwks() {
        try {
            return JWKSet.load(jwksFile().toFile());
        } catch (IOException | ParseException unreadable) {
            throw new IllegalStateException("no JWK Set in the folder of the tokens", unreadable);
        }
    }

    /** The key that the tokens of {@code algorithm} are signed with. */
    JWK key(Algorithm algorithm) {
        return jwks().getKeys().stream()
                .filter(key -> algorithm.jws().equals(key.getAlgorithm()))
                .findFirst()
                .orElseThrow();
    }
}
