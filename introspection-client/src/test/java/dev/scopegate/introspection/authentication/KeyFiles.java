package dev.scopegate.introspection.authentication;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** Keys for tests as the JDK makes them, and the forms in which they stand in files. */
final class KeyFiles {

    private KeyFiles() {}

    /** A pair: {@code RSA-2048} and the like, {@code P-256} and the like, {@code Ed25519}. */
    static KeyPair pair(String kind) {
        try {
            if (kind.startsWith("RSA-")) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(Integer.parseInt(kind.substring(4)));
                return generator.generateKeyPair();
            }
            if (kind.startsWith("P-")) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec(Curve.parse(kind).getStdName()));
                return generator.generateKeyPair();
            }
            return KeyPairGenerator.getInstance(kind).generateKeyPair();
        } catch (GeneralSecurityException unsupported) {
            throw new IllegalStateException(unsupported);
        }
    }

    static String pem(String label, Key key) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(key.getEncoded());
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    static String pem(KeyPair pair) {
        return pem("PRIVATE KEY", pair.getPrivate());
    }

    /** The private key as a JWK without {@code alg}, {@code use} and {@code kid}. */
    static JWK jwk(KeyPair pair) {
        if (pair.getPublic() instanceof RSAPublicKey rsa) {
            return new RSAKey.Builder(rsa).privateKey(pair.getPrivate()).build();
        }
        if (pair.getPublic() instanceof ECPublicKey ec) {
            return new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec)
                    .privateKey(pair.getPrivate())
                    .build();
        }
        byte[] info = pair.getPublic().getEncoded();
        byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        return new OctetKeyPair.Builder(
                        Curve.Ed25519, Base64URL.encode(Arrays.copyOfRange(info, info.length - 32, info.length)))
                .d(Base64URL.encode(seed))
                .build();
    }

    /** Whether the signature of {@code jws} is that of {@code pair}. */
    static boolean verifies(JWSObject jws, KeyPair pair) throws JOSEException, GeneralSecurityException {
        if (pair.getPublic() instanceof RSAPublicKey rsa) {
            return jws.verify(new RSASSAVerifier(rsa));
        }
        if (pair.getPublic() instanceof ECPublicKey ec) {
            JWSVerifier verifier = new ECDSAVerifier(ec);
            return jws.verify(verifier);
        }
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(pair.getPublic());
        signature.update(jws.getSigningInput());
        return signature.verify(jws.getSignature().decode());
    }
}
