package dev.scopegate.introspection.authentication;

import com.nimbusds.jose.jwk.Curve;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads the one private key of a PEM text: PKCS #8, not encrypted. Certificates and public keys beside it are left alone. */
final class PemKey {

    private static final String PKCS8 = "PRIVATE KEY";
    private static final Pattern LABEL = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----");
    private static final Pattern CONTENT =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END PRIVATE KEY-----");

    private PemKey() {}

    /** Whether {@code text} means to be PEM. */
    static boolean isIn(String text) {
        return LABEL.matcher(text).find();
    }

    /**
     * The key in {@code text}.
     *
     * @throws IOException if there is none; the message follows upon the name of the file, and quotes nothing
     */
    static FoundKey read(String text) throws IOException {
        List<String> labels = LABEL.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(label -> label.endsWith(PKCS8))
                .toList();
        if (labels.isEmpty()) {
            throw new IOException("holds a public key or a certificate, and no private key");
        }
        if (labels.size() > 1) {
            throw new IOException("holds more than one private key; keep one");
        }
        if (labels.get(0).startsWith("ENCRYPTED")) {
            throw new IOException("holds an encrypted key; decrypt it ('openssl pkcs8 -in … -out …')");
        }
        if (!labels.get(0).equals(PKCS8)) {
            throw new IOException("is not PKCS #8; convert it ('openssl pkcs8 -topk8 -nocrypt -in … -out …')");
        }
        return key(new PKCS8EncodedKeySpec(octets(text)));
    }

    private static byte[] octets(String text) throws IOException {
        Optional<String> content = CONTENT.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1).replaceAll("\\s", ""))
                .findFirst();
        try {
            return Base64.getDecoder().decode(content.orElseThrow(() -> new IOException("is broken PEM")));
        } catch (IllegalArgumentException notBase64) {
            throw new IOException("is broken PEM");
        }
    }

    private static FoundKey key(PKCS8EncodedKeySpec octets) throws IOException {
        for (String kind : List.of("RSA", "EC", "Ed25519")) {
            try {
                PrivateKey key = KeyFactory.getInstance(kind).generatePrivate(octets);
                Optional<KeyFamily> family = family(key);
                if (family.isPresent()) {
                    return new FoundKey(family.get(), key, publicKey(key), Optional.empty(), Optional.empty());
                }
            } catch (GeneralSecurityException anotherKind) {
                // The next one may fit; what is none of them is refused below.
            }
        }
        throw new IOException("holds no key of RSA, P-256, P-384, P-521 or Ed25519");
    }

    private static Optional<KeyFamily> family(PrivateKey key) {
        if (key instanceof RSAPrivateKey) {
            return Optional.of(KeyFamily.RSA);
        }
        if (key instanceof ECKey ec) {
            return Optional.ofNullable(Curve.forECParameterSpec(ec.getParams())).flatMap(KeyFamily::on);
        }
        return key instanceof EdECKey ? Optional.of(KeyFamily.ED25519) : Optional.empty();
    }

    private static Optional<PublicKey> publicKey(PrivateKey key) throws GeneralSecurityException {
        return key instanceof RSAPrivateCrtKey rsa
                ? Optional.of(KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent())))
                : Optional.empty();
    }
}
