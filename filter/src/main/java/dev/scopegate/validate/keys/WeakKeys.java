package dev.scopegate.validate.keys;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.scopegate.introspection.jose.Ed25519;
import java.math.BigInteger;
import java.security.spec.ECFieldFp;
import java.util.Optional;

/**
 * Knows published keys whose signatures prove nothing, or that nobody here verifies with.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725#section-3.4">RFC 8725 §3.4</a>
 */
final class WeakKeys {

    private WeakKeys() {}

    /** Why {@code key} is not to be used, in words for a log; empty if nothing is known against it. */
    static Optional<String> objectionTo(JWK key) {
        if (key instanceof RSAKey rsa) {
            return WeakRsa.weaknessOf(rsa);
        }
        if (key instanceof ECKey ec) {
            return objectionTo(ec);
        }
        return key instanceof OctetKeyPair pair ? objectionTo(pair) : Optional.empty();
    }

    private static Optional<String> objectionTo(ECKey key) {
        if (key.getCurve().equals(Curve.SECP256K1)) {
            return unusedCurve();
        }
        // That the point is on its curve was checked when it was read, but modulo p: it could be written in more ways
        // than one.
        ECFieldFp field =
                (ECFieldFp) key.getCurve().toECParameterSpec().getCurve().getField();
        BigInteger x = key.getX().decodeToBigInteger();
        BigInteger y = key.getY().decodeToBigInteger();
        return x.compareTo(field.getP()) < 0 && y.compareTo(field.getP()) < 0
                ? Optional.empty()
                : Optional.of("its coordinates are beyond its field");
    }

    private static Optional<String> objectionTo(OctetKeyPair key) {
        if (key.getCurve().equals(Curve.Ed448)) {
            return unusedCurve();
        }
        return key.getCurve().equals(Curve.Ed25519) && Ed25519.isWeak(key.getDecodedX())
                ? Optional.of("it is a point of small order, or is not written canonically")
                : Optional.empty();
    }

    private static Optional<String> unusedCurve() {
        return Optional.of("nobody signs on its curve here");
    }
}
