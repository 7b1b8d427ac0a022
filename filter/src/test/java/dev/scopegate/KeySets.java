package dev.scopegate;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.scopegate.test.TestIssuer;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Texts of JWK Sets, with keys that a library would make and others. */
final class KeySets {

    private KeySets() {}

    /** A set of {@code keys}, each any text. */
    static String of(String... keys) {
        return Arrays.stream(keys).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    /** The public part of the key that {@code issuer} signs with. */
    static String published(TestIssuer issuer, JWSAlgorithm algorithm) {
        return published(issuer.signingKey(algorithm));
    }

    static String published(JWK key) {
        return key.toPublicJWK().toJSONString();
    }

    /** A key that no issuer has published yet. */
    static RSAKey rsa(String keyId) {
        try {
            return new RSAKeyGenerator(2048).keyID(keyId).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
