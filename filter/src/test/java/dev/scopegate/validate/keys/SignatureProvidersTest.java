package dev.scopegate.validate.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.scopegate.config.ConfigChecks;
import dev.scopegate.config.CryptoConfig;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.ScopegateConfigBuilder;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.Validation;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.validate.Anywhere;
import dev.scopegate.validate.TokenValidator;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureSpi;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who verifies signatures, and that it makes no difference to the verdict. Conscrypt is on the class path, ACCP is not. */
@Timeout(60)
class SignatureProvidersTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @ParameterizedTest
    @EnumSource(
            value = CryptoConfig.Provider.class,
            names = {"JCA", "CONSCRYPT", "AUTO"})
    void validate_eachAlgorithm_validAndTamperedTwinRefused(CryptoConfig.Provider provider) {
        try (TokenValidator validator = TokenValidator.of(config(provider), Clock.systemUTC())) {
            for (String algorithm : List.of("RS256", "PS256", "ES256", "EdDSA", "Ed25519")) {
                String token =
                        ISSUER.token().algorithm(JWSAlgorithm.parse(algorithm)).sign();
                int middle = token.lastIndexOf('.') + 20;
                char other = token.charAt(middle) == 'A' ? 'B' : 'A';
                String tampered = token.substring(0, middle) + other + token.substring(middle + 1);

                assertThat(Anywhere.validate(validator, token)).as(algorithm).isInstanceOf(Validation.Valid.class);
                assertThat(Anywhere.validate(validator, tampered))
                        .as(algorithm)
                        .isEqualTo(new Validation.Refused(RefusalReason.SIGNATURE));
            }
        }
    }

    /** Conscrypt's jar has native libraries for this architecture alone. */
    @Test
    @EnabledOnOs(architectures = {"amd64", "x86_64"})
    void trial_conscrypt_passesWithWhatItHas() {
        Provider conscrypt =
                new CryptoConfig(CryptoConfig.Provider.CONSCRYPT).find().orElseThrow();

        assertThat(ConfigChecks.problems(config(CryptoConfig.Provider.CONSCRYPT)))
                .isEmpty();
        assertThat(ProviderTrial.passedBy(conscrypt))
                .contains(JWSAlgorithm.RS256, JWSAlgorithm.ES256)
                .doesNotContain(JWSAlgorithm.HS256, JWSAlgorithm.EdDSA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SunRsaSign", "SunEC"})
    void trial_providerOfSomeAlgorithms_passesWithThoseAlone(String name) {
        boolean rsa = name.equals("SunRsaSign");

        assertThat(ProviderTrial.passedBy(Security.getProvider(name)).contains(JWSAlgorithm.PS512))
                .isEqualTo(rsa);
        assertThat(ProviderTrial.passedBy(Security.getProvider(name)).contains(JWSAlgorithm.ES512))
                .isEqualTo(!rsa);
    }

    @Test
    void by_providerThatAcceptsEverything_notUsed() {
        Provider gullible = new Gullible();

        assertThat(ProviderTrial.passedBy(gullible)).isEmpty();
        String token = ISSUER.token().sign();
        int signature = token.lastIndexOf('.');
        assertThat(Signatures.by(gullible)
                        .verifies(
                                ISSUER.signingKey(JWSAlgorithm.RS256).toPublicJWK(),
                                JWSAlgorithm.RS256,
                                octets(token.substring(0, signature) + "A"),
                                Base64.getUrlDecoder().decode(token.substring(signature + 1))))
                .isFalse();
        assertThat(Signatures.by(gullible)
                        .verifies(
                                ISSUER.signingKey(JWSAlgorithm.RS256).toPublicJWK(),
                                JWSAlgorithm.RS256,
                                octets(token.substring(0, signature)),
                                Base64.getUrlDecoder().decode(token.substring(signature + 1))))
                .isTrue();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void problems_providerThatIsNotThere_named() {
        assertThat(ConfigChecks.problems(config(CryptoConfig.Provider.ACCP)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("crypto.provider"));
    }

    @ParameterizedTest
    @EnumSource(
            value = CryptoConfig.Provider.class,
            names = {"JCA", "AUTO"})
    void problems_providerThatIsThere_none(CryptoConfig.Provider provider) {
        assertThat(ConfigChecks.problems(config(provider))).isEmpty();
    }

    private static ScopegateConfig config(CryptoConfig.Provider provider) {
        return ScopegateConfigBuilder.builder()
                .resource("https://api.example.com/contacts")
                .issuers(List.of(IssuerConfig.of(ISSUER.issuer())))
                .routes(List.of(RouteConfig.requiring("GET /contacts", "read")))
                .http(HttpConfig.allowingInsecureLoopback())
                .crypto(new CryptoConfig(provider))
                .build();
    }

    /** To it, every RSA signature is a good one. */
    private static final class Gullible extends Provider {

        private static final long serialVersionUID = 1L;

        Gullible() {
            super("Gullible", "1", "accepts everything");
            putService(new Service(this, "Signature", "SHA256withRSA", Yes.class.getName(), List.of(), Map.of()) {
                @Override
                public Object newInstance(Object parameter) {
                    return new Yes();
                }
            });
        }
    }

    private static final class Yes extends SignatureSpi {

        @Override
        protected void engineInitVerify(PublicKey key) {}

        @Override
        protected void engineInitSign(PrivateKey key) {}

        @Override
        protected void engineUpdate(byte octet) {}

        @Override
        protected void engineUpdate(byte[] octets, int offset, int length) {}

        @Override
        protected byte[] engineSign() {
            return new byte[0];
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            return true;
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {}

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException(name);
        }
    }
}
