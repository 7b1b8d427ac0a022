package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.JwksConfig;
import dev.scopegate.config.JwksConfigBuilder;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.ScopegateConfigBuilder;
import dev.scopegate.config.TokensConfig;
import dev.scopegate.introspection.TokenDigest;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.Upkeep;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.model.Validation;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import dev.scopegate.validate.keys.SignatureVerifier;
import dev.scopegate.validate.keys.Signatures;
import dev.scopegate.validate.keys.Upstreams;
import dev.scopegate.validate.keys.Upstreams.Environment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token that was seen before costs, and what stops it all the same. */
@Timeout(60)
class VerifiedTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private final MutableClock clock = MutableClock.at(NOW);
    private final AtomicInteger verifications = new AtomicInteger();
    private final ScopegateConfig config = config(JwksConfig.DISCOVERED);
    private Upstreams upstreams = Upstreams.of(config, Environment.unobserved(clock));
    private VerifiedTokens verified = remembering(Duration.ofMinutes(5), 1_000);
    private JwtValidator validator = validator();

    @AfterEach
    void close() {
        upstreams.close();
    }

    @Test
    void validate_secondTime_sameTokenWithoutAVerification() {
        String token = token().scope("read").sign();

        ValidatedToken first = ((Validation.Valid) validator.validate(token)).token();
        ValidatedToken second = ((Validation.Valid) validator.validate(token)).token();

        assertThat(second).isSameAs(first);
        assertThat(verifications).hasValue(1);
    }

    @Test
    void validate_notRemembered_verifiedEachTime() {
        verified = remembering(Duration.ZERO, 1_000);
        validator = validator();
        String token = token().sign();

        validator.validate(token);
        validator.validate(token);

        assertThat(verifications).hasValue(2);
        assertThat(verified.size()).isZero();
    }

    @ParameterizedTest
    @Requirement("RFC7519 §4.1.4")
    @CsvSource({"329, ''", "330, EXPIRED", "331, EXPIRED"})
    void validate_rememberedTokenAtItsEnd_refusedOnTime(long later, String reason) {
        String token = token().expiresAt(NOW.plusSeconds(300)).sign();
        validator.validate(token);

        // The wall clock alone: the ticker has not moved, so the token is still remembered.
        clock.set(NOW.plusSeconds(later));

        assertThat(reason(validator.validate(token))).isEqualTo(reason);
        assertThat(verifications).hasValue(1);
    }

    @Test
    @Requirement("RFC7519 §4.1.5")
    void validate_wallClockTurnedBack_rememberedTokenNotYetValid() {
        String token = token().notBefore(NOW).sign();
        validator.validate(token);

        clock.set(NOW.minusSeconds(31));

        assertThat(reason(validator.validate(token))).isEqualTo("NOT_YET_VALID");
    }

    @ParameterizedTest
    @CsvSource({"299, 1", "300, 2", "301, 2"})
    void validate_rememberedForTheConfiguredTime_verifiedAgainAfterIt(long later, int expected) {
        String token = token().expiresAt(NOW.plusSeconds(3_600)).sign();
        validator.validate(token);

        clock.advance(Duration.ofSeconds(later));

        assertThat(validator.validate(token)).isInstanceOf(Validation.Valid.class);
        assertThat(verifications).hasValue(expected);
    }

    @Test
    void remember_tokenThatExpiresSooner_refusedWithItAndForgottenWithTheOthers() {
        String token = token().expiresAt(NOW.plusSeconds(10)).sign();
        validator.validate(token);

        clock.advance(Duration.ofSeconds(41));
        assertThat(reason(validator.validate(token))).isEqualTo("EXPIRED");
        assertThat(verified.size()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(300 - 41));
        assertThat(verified.size()).isZero();
    }

    @Test
    void validate_keyWithdrawn_refusedAfterTheNextRefreshAndNewTokensPass() {
        fetchEachSecond();
        String token = token().sign();
        await().until(() -> validator.validate(token) instanceof Validation.Valid);
        assertThat(verified.size()).isEqualTo(1);

        ISSUER.rotateKeys();

        await().untilAsserted(() ->
                assertThat(validator.validate(token)).isEqualTo(new Validation.Refused(RefusalReason.KEY_UNKNOWN)));
        await().until(() -> validator.validate(token().sign()) instanceof Validation.Valid);
    }

    @Test
    void validate_setFetchedAgainUnchanged_stillRemembered() {
        fetchEachSecond();
        String token = token().expiresAt(NOW.plusSeconds(300)).sign();
        await().until(() -> validator.validate(token) instanceof Validation.Valid);
        int fetches = ISSUER.jwksFetches();

        await().until(() -> ISSUER.jwksFetches() >= fetches + 3);

        await().until(() -> validator.validate(token) instanceof Validation.Valid);
        assertThat(verifications).hasValue(1);
    }

    @Test
    void validate_tokensThatDifferInTheirScopeAlone_notTakenForEachOther() {
        TokenBuilder builder = token().claim("jti", "same").expiresAt(NOW.plusSeconds(300));
        String reader = builder.scope("read").sign();
        String writer = builder.scope("write").sign();

        for (int i = 0; i < 2; i++) {
            assertThat(scopes(reader)).containsExactly("read");
            assertThat(scopes(writer)).containsExactly("write");
        }
        assertThat(verifications).hasValue(2);
    }

    @Test
    void validate_rememberedTokenWithAnotherSignature_refused() {
        String token = token().sign();
        validator.validate(token);
        int signature = token.lastIndexOf('.') + 1;
        char other = token.charAt(signature) == 'A' ? 'B' : 'A';

        assertThat(reason(validator.validate(token.substring(0, signature) + other + token.substring(signature + 1))))
                .isEqualTo("SIGNATURE");
    }

    /** Each has the same low byte as the character that it stands for, or is what an encoder puts for one that it cannot. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0100", "\u2000", "?"})
    void validate_rememberedTokenWithACharacterOfTheSameLowByte_refused(String offset) {
        String token = token().sign();
        validator.validate(token);
        int last = token.length() - 2;
        String other = offset.equals("?") ? offset : String.valueOf((char) (token.charAt(last) + offset.charAt(0)));

        Validation verdict = validator.validate(token.substring(0, last) + other + token.substring(last + 1));

        assertThat(verdict).isInstanceOf(Validation.Refused.class);
        assertThat(validator.validate(token)).isInstanceOf(Validation.Valid.class);
        assertThat(verifications).hasValue(1);
    }

    @Test
    void validate_aThousandForgeries_noneRemembered() {
        String token = token().algorithm(JWSAlgorithm.ES256).sign();
        String unsigned = token.substring(0, token.lastIndexOf('.') + 1);
        for (int i = 0; i < 1_000; i++) {
            String forged = unsigned + String.format("%084d", i) + "AA";
            assertThat(validator.validate(forged)).isInstanceOf(Validation.Refused.class);
        }

        assertThat(verifications).hasValue(1_000);
        assertThat(verified.size()).isZero();
        validator.validate(token);
        assertThat(verified.size()).isEqualTo(1);
    }

    @Test
    void validate_verifiedButRefused_notRemembered() {
        assertThat(List.of(
                        token().audience("https://else.example.com").sign(),
                        token().expiresAt(NOW.minusSeconds(31)).sign(),
                        token().claim("scope", 1).sign()))
                .allSatisfy(token -> assertThat(validator.validate(token)).isInstanceOf(Validation.Refused.class));

        assertThat(verified.size()).isZero();
    }

    @Test
    void remember_moreThanFit_boundKept() {
        verified = remembering(Duration.ofMinutes(5), 10);
        validator = validator();

        for (int i = 0; i < 50; i++) {
            assertThat(validator.validate(token().algorithm(JWSAlgorithm.ES256).sign()))
                    .isInstanceOf(Validation.Valid.class);
        }

        assertThat(verified.size()).isBetween(1L, 10L);
    }

    @Test
    void successor_otherAudience_rememberedTokenJudgedAnew() {
        String token = token().sign();
        try (TokenValidator old = TokenValidator.of(config, clock)) {
            assertThat(Anywhere.validate(old, token)).isInstanceOf(Validation.Valid.class);
            ScopegateConfig elsewhere = ScopegateConfigBuilder.builder(config)
                    .resource("https://else.example.com")
                    .build();

            try (TokenValidator next = old.successor(elsewhere)) {
                assertThat(Anywhere.validate(next, token)).isEqualTo(new Validation.Refused(RefusalReason.AUDIENCE));
            }
        }
    }

    @Test
    void digest_text_neverTheToken() {
        String token = token().sign();

        assertThat(digest(token).toString()).isEqualTo("TokenDigest[hidden]");
        assertThat(digest(token)).isEqualTo(digest(token)).isNotEqualTo(digest(token + "A"));
    }

    private static TokenDigest digest(String token) {
        return new TokenDigest.Maker().of(token.getBytes(StandardCharsets.UTF_8));
    }

    private TokenBuilder token() {
        return ISSUER.token().clock(clock);
    }

    private List<String> scopes(String token) {
        return List.copyOf(
                ((Validation.Valid) validator.validate(token)).token().scopes());
    }

    private static String reason(Validation verdict) {
        return verdict instanceof Validation.Refused refused ? refused.reason().name() : "";
    }

    private static ScopegateConfig config(JwksConfig jwks) {
        return ScopegateConfigBuilder.builder()
                .issuers(List.of(IssuerConfig.builder(ISSUER.issuer())
                        .clockSkew(Duration.ofSeconds(30))
                        .jwks(jwks)
                        .build()))
                .http(HttpConfig.allowingInsecureLoopback())
                .resource("https://api.example.com/contacts")
                .build();
    }

    /** Keys that are fetched each second, with little patience: so a busy machine may not know them at once. */
    private void fetchEachSecond() {
        upstreams.close();
        upstreams = Upstreams.of(
                config(JwksConfigBuilder.builder()
                        .refreshInterval(Duration.ofSeconds(1))
                        .build()),
                Environment.unobserved(clock));
        validator = validator();
    }

    private VerifiedTokens remembering(Duration ttl, int maxEntries) {
        return new VerifiedTokens(new TokensConfig.Cache(ttl, maxEntries), clock, clock::read, Upkeep.UNOBSERVED);
    }

    private JwtValidator validator() {
        IssuerConfig issuer = config.issuers().get(0);
        IssuerTerms terms = IssuerTerms.of("main", issuer, Optional.of("https://api.example.com/contacts"));
        SignatureVerifier signatures = Signatures.byRuntime();
        SignatureVerifier counting = (key, algorithm, signingInput, signature) -> {
            verifications.incrementAndGet();
            return signatures.verifies(key, algorithm, signingInput, signature);
        };
        return new JwtValidator(
                Map.of(
                        ISSUER.issuer(),
                        new JwtValidator.TrustedIssuer(
                                terms,
                                issuer.algorithms(),
                                upstreams.keys(ISSUER.issuer()),
                                new ClaimChecks(terms, clock))),
                counting,
                verified);
    }
}
