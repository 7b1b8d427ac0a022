package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.scopegate.config.FileReference;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.ScopegateConfigBuilder;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.Validation;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens with an HMAC, by a key that issuer and API share in a file. */
@Timeout(60)
class SharedSecretTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final String SECRET = "n7Vx0Rq3Tz5Kc8Lb1Wm4Yp6Hd9Gf2Js0-Ue8Ia1Oq7Zk3Xc5Vb9Nm2Lp4Rt6Ys0Dg";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeSecret() throws IOException {
        file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    @Requirement("RFC7518 §3.2")
    void validate_hmacByTheSharedKey_validAndByAnotherOneRefused(String algorithm) {
        try (TokenValidator validator = TokenValidator.of(config("HS256", "HS384", "HS512"), Clock.systemUTC())) {
            assertThat(verdict(validator, token(algorithm, SECRET))).isInstanceOf(Validation.Valid.class);
            assertThat(verdict(validator, token(algorithm, SECRET.replace('n', 'm'))))
                    .isEqualTo(new Validation.Refused(RefusalReason.SIGNATURE));
            assertThat(verdict(validator, token(algorithm, SECRET + "\n")))
                    .isEqualTo(new Validation.Refused(RefusalReason.SIGNATURE));
        }
    }

    @Test
    void validate_algorithmThatIsNotNamed_refused() {
        try (TokenValidator validator = TokenValidator.of(config("HS256"), Clock.systemUTC())) {
            assertThat(verdict(validator, token("HS512", SECRET)))
                    .isEqualTo(new Validation.Refused(RefusalReason.ALGORITHM));
            assertThat(verdict(validator, ISSUER.token().sign()))
                    .isEqualTo(new Validation.Refused(RefusalReason.ALGORITHM));
        }
    }

    @Test
    void validate_publicKeyAsTheSecret_refused() throws Exception {
        String publicKey = ISSUER.signingKey(JWSAlgorithm.RS256).toPublicJWK().toJSONString();
        ScopegateConfig asymmetric = ScopegateConfigBuilder.builder(config("HS256"))
                .issuers(List.of(IssuerConfig.of(ISSUER.issuer())))
                .build();
        try (TokenValidator validator = TokenValidator.of(asymmetric, Clock.systemUTC())) {
            assertThat(verdict(validator, token("HS256", publicKey)))
                    .isEqualTo(new Validation.Refused(RefusalReason.ALGORITHM));
            assertThat(verdict(validator, ISSUER.token().sign())).isInstanceOf(Validation.Valid.class);
        }
    }

    @Test
    void validate_sharedSecret_issuerIsNeverAsked() {
        int before = ISSUER.jwksFetches();
        try (TokenValidator validator = TokenValidator.of(config("HS256"), Clock.systemUTC())) {
            for (int i = 0; i < 100; i++) {
                verdict(validator, token("HS256", SECRET + i));
            }

            assertThat(validator.keySets()).isEmpty();
        }
        assertThat(ISSUER.jwksFetches()).isEqualTo(before);
    }

    @Test
    void successor_otherSecretInTheFile_oldTokensRefusedAndNewOnesValid() throws Exception {
        String other = SECRET.replace('n', 'm');
        try (TokenValidator old = TokenValidator.of(config("HS256"), Clock.systemUTC())) {
            String token = token("HS256", SECRET);
            assertThat(verdict(old, token)).isInstanceOf(Validation.Valid.class);

            Files.writeString(file, other);

            try (TokenValidator next = old.successor(config("HS256"))) {
                assertThat(verdict(next, token)).isEqualTo(new Validation.Refused(RefusalReason.SIGNATURE));
                assertThat(verdict(next, token("HS256", other))).isInstanceOf(Validation.Valid.class);
            }
        }
    }

    @Test
    void successor_secretNoLongerConfigured_publishedKeysInstead() {
        try (TokenValidator old = TokenValidator.of(config("HS256"), Clock.systemUTC())) {
            ScopegateConfig asymmetric = ScopegateConfigBuilder.builder(config("HS256"))
                    .issuers(List.of(IssuerConfig.of(ISSUER.issuer())))
                    .build();
            try (TokenValidator next = old.successor(asymmetric)) {
                assertThat(verdict(next, ISSUER.token().sign())).isInstanceOf(Validation.Valid.class);
                assertThat(verdict(next, token("HS256", SECRET)))
                        .isEqualTo(new Validation.Refused(RefusalReason.ALGORITHM));
            }
        }
    }

    private ScopegateConfig config(String... algorithms) {
        return ScopegateConfigBuilder.builder()
                .resource("https://api.example.com/contacts")
                .issuers(List.of(IssuerConfig.builder(ISSUER.issuer())
                        .algorithms(List.of(algorithms))
                        .sharedSecretFile(FileReference.of(file.toString()))
                        .build()))
                .http(HttpConfig.allowingInsecureLoopback())
                .build();
    }

    private static String token(String algorithm, String secret) {
        JWK key = new OctetSequenceKey.Builder(secret.getBytes(StandardCharsets.UTF_8)).build();
        return ISSUER.token()
                .algorithm(JWSAlgorithm.parse(algorithm))
                .signedBy(key)
                .withKid("any")
                .sign();
    }

    private static Validation verdict(TokenValidator validator, String token) {
        return Anywhere.validate(validator, token);
    }
}
