package dev.scopegate;

import static dev.scopegate.EcdsaNumbers.number;
import static dev.scopegate.EcdsaNumbers.pair;
import static dev.scopegate.EcdsaNumbers.r;
import static dev.scopegate.EcdsaNumbers.s;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures in forms that the algorithms do not have: numbers out of their ranges, octets too many, too few or in another order. */
@Timeout(120)
class HostileSignaturesTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    /** FIPS 186-4 D.1.2.3: the order of P-256. */
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    /** RFC 8032 §5.1: the order L of the base point of Ed25519. */
    private static final BigInteger ED25519_ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private Gate gate;

    @BeforeEach
    void open() {
        ISSUER.publishOwnKeys();
        gate = Gate.before(ISSUER);
    }

    @AfterEach
    void close() {
        gate.close();
    }

    static Stream<Arguments> ecdsaNumbers() {
        BigInteger one = BigInteger.ONE;
        BigInteger most = one.shiftLeft(256).subtract(one);
        return Stream.of(
                arguments("both zero (CVE-2022-21449)", BigInteger.ZERO, BigInteger.ZERO),
                arguments("r zero", BigInteger.ZERO, one),
                arguments("s zero", one, BigInteger.ZERO),
                arguments("both one", one, one),
                arguments("r the order", ORDER, one),
                arguments("s the order", one, ORDER),
                arguments("both the order", ORDER, ORDER),
                arguments("r above the order", ORDER.add(one), one),
                arguments("s above the order", one, ORDER.add(one)),
                arguments("both the highest", most, most),
                arguments("r below the order", ORDER.subtract(one), one));
    }

    @ParameterizedTest(name = "{0}")
    @Requirement("RFC7518 §3.4")
    @MethodSource("ecdsaNumbers")
    void ecdsa_numbersOutOfRange_refused(String name, BigInteger r, BigInteger s) {
        gate.refuses(es256(good -> pair(r, s)), RefusalReason.SIGNATURE);
    }

    static Stream<Arguments> ecdsaForms() {
        return Stream.of(
                form("DER", EcdsaNumbers::der),
                form("r plus the order", good -> pair(r(good).add(ORDER), s(good))),
                form("s plus the order", good -> pair(r(good), s(good).add(ORDER))),
                form("r zero", good -> pair(BigInteger.ZERO, s(good))),
                form("s zero", good -> pair(r(good), BigInteger.ZERO)),
                form("swapped", good -> pair(s(good), r(good))),
                form("an octet more", good -> Arrays.copyOf(good, 65)),
                form("an octet less", good -> Arrays.copyOf(good, 63)),
                form("half", good -> Arrays.copyOf(good, 32)),
                form("one octet", good -> Arrays.copyOf(good, 1)),
                form("zero before each number", good -> {
                    byte[] longer = new byte[66];
                    System.arraycopy(good, 0, longer, 1, 32);
                    System.arraycopy(good, 32, longer, 34, 32);
                    return longer;
                }));
    }

    @ParameterizedTest(name = "{0}")
    @Requirement("RFC7518 §3.4")
    @MethodSource("ecdsaForms")
    void ecdsa_goodSignatureInAnotherForm_refused(String name, UnaryOperator<byte[]> change) {
        gate.permits(es256(good -> good));
        gate.refuses(es256(change), RefusalReason.SIGNATURE);
    }

    static Stream<Arguments> rsaForms() {
        return Stream.of("RS256", "PS256").flatMap(algorithm -> {
            BigInteger n = ISSUER.signingKey(JWSAlgorithm.parse(algorithm))
                    .toRSAKey()
                    .getModulus()
                    .decodeToBigInteger();
            return Stream.of(
                            form(
                                    "not reduced",
                                    good -> WeakRsa.octets(number(good).add(n), 256)),
                            form("zero", good -> WeakRsa.octets(BigInteger.ZERO, 256)),
                            form("one", good -> WeakRsa.octets(BigInteger.ONE, 256)),
                            form("n - 1", good -> WeakRsa.octets(n.subtract(BigInteger.ONE), 256)),
                            form("n", good -> WeakRsa.octets(n, 256)),
                            form("n + 1", good -> WeakRsa.octets(n.add(BigInteger.ONE), 256)),
                            form("negated", good -> WeakRsa.octets(n.subtract(number(good)), 256)),
                            form("a zero before it", good -> WeakRsa.octets(number(good), 257)),
                            form("a zero behind it", good -> Arrays.copyOf(good, 257)),
                            form("an octet less", good -> Arrays.copyOf(good, 255)),
                            form("one octet", good -> new byte[1]),
                            form("a kilobyte", good -> new byte[1024]))
                    .map(form -> arguments(algorithm, form.get()[0], form.get()[1]));
        });
    }

    @ParameterizedTest(name = "{0} {1}")
    @Requirement("RFC7515 §5.2")
    @MethodSource("rsaForms")
    void rsa_signatureInAnotherForm_refused(String name, String form, UnaryOperator<byte[]> change) {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(name);

        gate.permits(good().algorithm(algorithm).sign());
        // Not each of them fits into the octets of the modulus; of some tries one does.
        for (int i = 0; i < 4; i++) {
            gate.refuses(changed(good().algorithm(algorithm).sign(), change), RefusalReason.SIGNATURE);
        }
    }

    static Stream<Arguments> ed25519Forms() {
        return Stream.of(
                form("S plus the order", good -> withS(good, reversed(good, 32).add(ED25519_ORDER))),
                form("S the order", good -> withS(good, ED25519_ORDER)),
                form("S zero", good -> withS(good, BigInteger.ZERO)),
                form("all zero", good -> new byte[64]),
                form("an octet more", good -> Arrays.copyOf(good, 65)),
                form("an octet less", good -> Arrays.copyOf(good, 63)),
                form("half", good -> Arrays.copyOf(good, 32)));
    }

    @ParameterizedTest(name = "{0}")
    @Requirement("RFC8037 §3.1")
    @MethodSource("ed25519Forms")
    void ed25519_signatureInAnotherForm_refused(String name, UnaryOperator<byte[]> change) {
        for (String algorithm : List.of("EdDSA", "Ed25519")) {
            String token = good().algorithm(JWSAlgorithm.parse(algorithm)).sign();

            gate.permits(token);
            gate.refuses(changed(token, change), RefusalReason.SIGNATURE);
        }
    }

    private static TokenBuilder good() {
        return ISSUER.token().scope(Gate.SCOPE);
    }

    private static String es256(UnaryOperator<byte[]> change) {
        return changed(good().algorithm(JWSAlgorithm.ES256).sign(), change);
    }

    /** The token with something else in place of its signature. */
    private static String changed(String token, UnaryOperator<byte[]> change) {
        int signature = token.lastIndexOf('.') + 1;
        byte[] good = new Base64URL(token.substring(signature)).decode();
        return token.substring(0, signature) + Base64URL.encode(change.apply(good));
    }

    private static Arguments form(String name, UnaryOperator<byte[]> change) {
        return arguments(name, change);
    }

    /** The number that the octets from {@code start} on are in little-endian order. */
    private static BigInteger reversed(byte[] octets, int start) {
        byte[] turned = new byte[octets.length - start];
        IntStream.range(0, turned.length).forEach(i -> turned[i] = octets[octets.length - 1 - i]);
        return number(turned);
    }

    private static byte[] withS(byte[] signature, BigInteger s) {
        byte[] big = WeakRsa.octets(s, 32);
        byte[] changed = signature.clone();
        IntStream.range(0, 32).forEach(i -> changed[32 + i] = big[31 - i]);
        return changed;
    }
}
