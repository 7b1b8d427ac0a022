package dev.scopegate.introspection.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import java.util.Optional;

/**
 * A private key with which the resource server signs, and the one algorithm that it serves.
 *
 * <p>Safe for concurrent use. Its text form hides the key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-3.1">RFC 7518 §3.1</a>
 */
public final class SigningKey {

    /** More than the largest key has; whatever is larger is another file. */
    private static final int MAX_OCTETS = 65_536;

    private final JWSHeader header;
    private final JWSSigner signer;

    private SigningKey(JWSHeader header, JWSSigner signer) {
        this.header = header;
        this.signer = signer;
    }

    /**
     * The private key in {@code file}: a JWK, or PEM (PKCS #8, not encrypted), of RSA with 2048 bits or more, of P-256, P-384, P-521,
     * or of Ed25519. Tries whether it signs.
     *
     * @param algorithm such as {@code PS256}; empty: what the JWK says, else RS256, ES256, ES384, ES512 or EdDSA, as the key is
     * @param keyId the {@code kid} by which the server knows the key; empty: what the JWK says, else none
     * @throws IOException if the file cannot be read, holds no such key, or one for another algorithm or use; the message follows
     *     upon the name of the file, in fixed words that quote nothing of it
     */
    public static SigningKey read(Path file, Optional<String> algorithm, Optional<String> keyId) throws IOException {
        FoundKey found = found(content(file)).usable();
        String chosen = algorithm
                .or(found::algorithm)
                .orElseGet(() -> found.family().algorithms.get(0));
        // RFC 8725 §3.1: a key serves the algorithm that it was made for, and no other.
        if (found.algorithm().filter(own -> !own.equals(chosen)).isPresent()) {
            throw new IOException("holds a key for another algorithm than the configured one");
        }
        if (!found.family().algorithms.contains(chosen)) {
            throw new IOException("holds " + found.family().words + ", which signs by "
                    + String.join(", ", found.family().algorithms) + " alone");
        }
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.parse(chosen));
        keyId.or(found::keyId).ifPresent(header::keyID);
        return new SigningKey(header.build(), signer(found));
    }

    private static byte[] content(Path file) throws IOException {
        byte[] content;
        try (InputStream octets = Files.newInputStream(file)) {
            content = octets.readNBytes(MAX_OCTETS + 1);
        } catch (IOException unreadable) {
            throw new IOException("cannot be read", unreadable);
        }
        if (content.length > MAX_OCTETS) {
            throw new IOException("has more than " + MAX_OCTETS + " octets, and is no key");
        }
        return content;
    }

    private static FoundKey found(byte[] content) throws IOException {
        String text = new String(content, UTF_8);
        if (text.stripLeading().startsWith("{")) {
            return JwkKey.read(content);
        }
        if (!PemKey.isIn(text)) {
            throw new IOException("is neither a JWK nor PEM");
        }
        return PemKey.read(text);
    }

    private static JWSSigner signer(FoundKey found) throws IOException {
        try {
            return switch (found.family()) {
                case RSA -> new RSASSASigner(found.key());
                case P_256, P_384, P_521 -> new ECDSASigner((ECPrivateKey) found.key());
                case ED25519 -> new Ed25519Signer(found.key());
            };
        } catch (JOSEException unusable) {
            throw new IOException("holds a key that cannot sign");
        }
    }

    /** The algorithm, such as {@code RS256}. */
    public String algorithm() {
        return header.getAlgorithm().getName();
    }

    /** The {@code kid} by which the server knows the key, if it needs one. */
    public Optional<String> keyId() {
        return Optional.ofNullable(header.getKeyID());
    }

    /** A JWT with {@code claims}, signed. */
    String sign(JWTClaimsSet claims) {
        JWSObject jwt = new JWSObject(header, claims.toPayload());
        try {
            jwt.sign(signer);
        } catch (JOSEException impossible) {
            throw new IllegalStateException("a key that signed once does not sign any more", impossible);
        }
        return jwt.serialize();
    }

    @Override
    public String toString() {
        return "SigningKey[algorithm=" + algorithm() + ", key=hidden]";
    }
}
