package dev.scopegate.introspection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A signed answer in the making. It starts good, so that a test changes the one thing that it is about. One per answer. */
final class AnswerInTheMaking {

    static final String ISSUER = "https://login.example.com/realms/contacts";
    static final String CLIENT_ID = "contacts-api";
    static final String KEY_ID = "key-1";

    private final Map<String, @Nullable Object> header = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> claims = new LinkedHashMap<>();
    private JWSAlgorithm algorithm = JWSAlgorithm.ES256;
    private Optional<String> rawHeader = Optional.empty();
    private Optional<String> rawClaims = Optional.empty();

    AnswerInTheMaking(Instant now) {
        header.put("alg", "ES256");
        header.put("kid", KEY_ID);
        header.put("typ", "token-introspection+jwt");
        claims.put("iss", ISSUER);
        claims.put("aud", CLIENT_ID);
        claims.put("iat", now.getEpochSecond());
        claims.put("token_introspection", Map.of("active", true, "sub", "alice"));
    }

    AnswerInTheMaking header(String name, @Nullable Object value) {
        header.put(name, value);
        return this;
    }

    AnswerInTheMaking withoutHeader(String name) {
        header.remove(name);
        return this;
    }

    AnswerInTheMaking rawHeader(String json) {
        rawHeader = Optional.of(json);
        return this;
    }

    AnswerInTheMaking claim(String name, @Nullable Object value) {
        claims.put(name, value);
        return this;
    }

    AnswerInTheMaking without(String name) {
        claims.remove(name);
        return this;
    }

    AnswerInTheMaking rawClaims(String json) {
        rawClaims = Optional.of(json);
        return this;
    }

    /** What signs; also what the header says, unless that is said otherwise. */
    AnswerInTheMaking algorithm(JWSAlgorithm wanted) {
        algorithm = wanted;
        return header("alg", wanted.getName());
    }

    String signedBy(JWK key) {
        String input = Base64URL.encode(rawHeader.orElseGet(() -> JSONObjectUtils.toJSONString(header))) + "."
                + Base64URL.encode(rawClaims.orElseGet(() -> JSONObjectUtils.toJSONString(claims)));
        try {
            return input + "." + signature(key, input.getBytes(US_ASCII));
        } catch (JOSEException | GeneralSecurityException unfit) {
            throw new IllegalArgumentException(unfit);
        }
    }

    private Base64URL signature(JWK key, byte[] input) throws JOSEException, GeneralSecurityException {
        if (key instanceof OctetKeyPair pair) {
            PrivateKey seed = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(
                            NamedParameterSpec.ED25519, pair.getD().decode()));
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(seed);
            signature.update(input);
            return Base64URL.encode(signature.sign());
        }
        return signer(key).sign(new JWSHeader(algorithm), input);
    }

    private static JWSSigner signer(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            return new RSASSASigner(rsa.toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance()));
        }
        return key instanceof ECKey ec ? new ECDSASigner(ec) : new MACSigner((OctetSequenceKey) key);
    }

    static ECKey ecKey(Curve curve) {
        try {
            return new ECKeyGenerator(curve).keyID(KEY_ID).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static RSAKey rsaKey(int bits) {
        try {
            return new RSAKeyGenerator(bits, true).keyID(KEY_ID).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static OctetKeyPair ed25519Key() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] info = pair.getPublic().getEncoded();
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            return new OctetKeyPair.Builder(
                            Curve.Ed25519, Base64URL.encode(Arrays.copyOfRange(info, info.length - 32, info.length)))
                    .d(Base64URL.encode(seed))
                    .keyID(KEY_ID)
                    .build();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
