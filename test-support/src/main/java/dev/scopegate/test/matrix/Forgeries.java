package dev.scopegate.test.matrix;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that somebody else signed, or nobody, and headers that ask to be believed (RFC 8725 §2.1, §3.1). */
final class Forgeries {

    private static final int KEY_BITS = 2_048;

    private Forgeries() {}

    static void addTo(HostileCases cases) {
        for (String none : List.of("none", "None", "NONE", "nOnE")) {
            cases.token(
                    "forgery: alg " + none,
                    Expected.BAD_TOKEN,
                    token -> token.unsigned().header("alg", none));
        }
        cases.token("forgery: alg none over a signature", Expected.BAD_TOKEN, token -> token.header("alg", "none"));
        RSAKey own = ownKey();
        cases.token("forgery: signed by another key", Expected.BAD_TOKEN, token -> token.signedBy(own));
        cases.token(
                "forgery: another key, named in the header",
                Expected.BAD_TOKEN,
                token -> token.signedBy(own).header("jwk", own.toPublicJWK().toJSONObject()));
        cases.token(
                "forgery: another key, and where to fetch it",
                Expected.BAD_TOKEN,
                token -> token.signedBy(own).header("jku", "https://attacker.example/jwks"));
        cases.token(
                "forgery: another key, and where its certificate is",
                Expected.BAD_TOKEN,
                token -> token.signedBy(own).header("x5u", "https://attacker.example/cert"));
        hmac(cases, "the modulus", key -> key.getModulus().decode());
        hmac(cases, "the public key in PEM", Forgeries::pem);
        hmac(
                cases,
                "the public key as a JWK",
                key -> key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8));
        hmac(cases, "nothing", key -> new byte[1]);
        cases.token(
                "forgery: an elliptic signature of zeros",
                Expected.BAD_TOKEN,
                token -> token.algorithm(JWSAlgorithm.ES256).signedWith(input -> new byte[64]));
        cases.token("forgery: a kid that nobody has", Expected.BAD_TOKEN, token -> token.withKid("nobody-has-this"));
        cases.token("forgery: a kid that is a path", Expected.BAD_TOKEN, token -> token.withKid("../../../dev/null"));
        cases.token("forgery: a kid that is a query", Expected.BAD_TOKEN, token -> token.withKid("x' OR '1'='1"));
        cases.token(
                "forgery: an extension that nobody knows",
                Expected.BAD_TOKEN,
                token -> token.header("crit", List.of("exp")).header("exp", 1));
        cases.token(
                "forgery: a payload that is not encoded",
                Expected.BAD_TOKEN,
                token -> token.header("crit", List.of("b64")).header("b64", false));
    }

    /** What anybody knows of the issuer, taken for a secret that it shares. */
    private static void hmac(HostileCases cases, String secret, Function<RSAKey, byte[]> known) {
        cases.text(
                "forgery: HS256 keyed with " + secret,
                Expected.BAD_TOKEN,
                issuer -> hmac(issuer, cases.good(issuer), known));
    }

    private static String hmac(TestIssuer issuer, TokenBuilder token, Function<RSAKey, byte[]> known) {
        RSAKey key = issuer.signingKey(JWSAlgorithm.RS256).toRSAKey();
        return token.header("alg", "HS256")
                .signedWith(input -> hmac(known.apply(key), input))
                .sign();
    }

    private static byte[] hmac(byte[] secret, byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(input);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    private static byte[] pem(RSAKey key) {
        try {
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(key.toRSAPublicKey().getEncoded());
            return ("-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n")
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (JOSEException unfit) {
            throw new IllegalStateException(unfit);
        }
    }

    private static RSAKey ownKey() {
        try {
            return new RSAKeyGenerator(KEY_BITS).keyID("attackers-own").generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("every Java platform has RSA", impossible);
        }
    }
}
