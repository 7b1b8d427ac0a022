package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.scopegate.config.FileReference;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.HttpConfigBuilder;
import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IntrospectionConfigBuilder;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.JwksConfig;
import dev.scopegate.config.JwksConfigBuilder;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.ScopegateConfigBuilder;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.Validation;
import dev.scopegate.test.TestIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a validator hands over to the one that follows it, and what it does not. */
@Timeout(60)
class SuccessorTest {

    private static final HttpConfig HTTP = HttpConfig.allowingInsecureLoopback();
    /** Whoever fetches so often has little patience, so a busy machine may not know the keys at once. */
    private static final JwksConfig EACH_SECOND =
            JwksConfigBuilder.builder().refreshInterval(Duration.ofSeconds(1)).build();

    private final TestIssuer issuer = TestIssuer.start();
    private final TestIssuer other = TestIssuer.start();
    private final List<TokenValidator> validators = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        validators.forEach(TokenValidator::close);
        issuer.close();
        other.close();
    }

    @Test
    void successor_sameIssuer_keysOutliveAnOutageThatBeganBefore() {
        TokenValidator old = first(config(HTTP, named("kept", issuer, JwksConfig.DISCOVERED)));
        assertThat(validate(old, issuer)).isInstanceOf(Validation.Valid.class);
        int fetches = issuer.jwksFetches();
        issuer.stop();

        TokenValidator next = follow(
                old,
                config(
                        HTTP,
                        IssuerConfig.builder(issuer.issuer())
                                .name("kept")
                                .clockSkew(Duration.ZERO)
                                .build()));
        old.close();

        assertThat(validate(next, issuer)).isInstanceOf(Validation.Valid.class);
        assertThat(issuer.jwksFetches()).isEqualTo(fetches);
    }

    @Test
    void successor_otherNameKeySettingsOrHttp_nothingOfTheKeysIsKept() {
        TokenValidator old = first(config(HTTP, named("kept", issuer, JwksConfig.DISCOVERED)));
        assertThat(validate(old, issuer)).isInstanceOf(Validation.Valid.class);
        issuer.stop();
        JwksConfig otherSettings =
                JwksConfigBuilder.builder().cooldown(Duration.ofSeconds(20)).build();
        HttpConfig otherHttp = HttpConfigBuilder.builder(HTTP)
                .connectTimeout(Duration.ofMillis(900))
                .build();

        for (ScopegateConfig changed : List.of(
                config(HTTP, named("renamed", issuer, JwksConfig.DISCOVERED)),
                config(HTTP, named("kept", issuer, otherSettings)),
                config(otherHttp, named("kept", issuer, JwksConfig.DISCOVERED)))) {
            assertThat(validate(follow(old, changed), issuer)).isInstanceOf(Validation.Undecided.class);
        }
        assertThat(validate(old, issuer)).isInstanceOf(Validation.Valid.class);
    }

    @Test
    void successor_issuerRemoved_itsKeysAreFetchedNoLongerAndTheOthersAre() {
        TokenValidator old =
                first(config(HTTP, named("stays", issuer, EACH_SECOND), named("leaves", other, EACH_SECOND)));
        await().until(() -> validate(old, other) instanceof Validation.Valid);

        TokenValidator next = follow(old, config(HTTP, named("stays", issuer, EACH_SECOND)));
        assertThat(threadOf("leaves")).isTrue();
        old.close();

        await().until(() -> !threadOf("leaves"));
        int before = issuer.jwksFetches();
        int removed = other.jwksFetches();
        await().until(() -> issuer.jwksFetches() >= before + 3);
        assertThat(other.jwksFetches()).isEqualTo(removed);
        assertThat(threadOf("stays")).isTrue();
        await().until(() -> validate(next, issuer) instanceof Validation.Valid);
        assertThat(validate(next, other)).isEqualTo(new Validation.Refused(RefusalReason.ISSUER_UNKNOWN));
    }

    @Test
    void successor_chainWhoseFirstClosesLate_lastOneKeepsWhatItUses() {
        ScopegateConfig config = config(HTTP, named("chain", issuer, JwksConfig.DISCOVERED));
        TokenValidator one = first(config);
        assertThat(validate(one, issuer)).isInstanceOf(Validation.Valid.class);
        TokenValidator two = follow(one, config);
        TokenValidator three = follow(two, config);
        two.close();
        issuer.stop();

        one.close();

        assertThat(validate(three, issuer)).isInstanceOf(Validation.Valid.class);
        assertThat(threadOf("chain")).isTrue();
        three.close();
        await().until(() -> !threadOf("chain"));
    }

    @Test
    void close_twice_takesNothingFromTheSuccessor() {
        ScopegateConfig config = config(HTTP, named("twice", issuer, EACH_SECOND));
        TokenValidator old = first(config);
        TokenValidator next = follow(old, config);

        old.close();
        old.close();

        assertThat(threadOf("twice")).isTrue();
        int before = issuer.jwksFetches();
        await().until(() -> issuer.jwksFetches() >= before + 2);
        await().until(() -> validate(next, issuer) instanceof Validation.Valid);
    }

    @Test
    void successor_ofAClosedOne_startsAnew() {
        ScopegateConfig config = config(HTTP, named("anew", issuer, JwksConfig.DISCOVERED));
        TokenValidator old = first(config);
        old.close();

        assertThat(validate(follow(old, config), issuer)).isInstanceOf(Validation.Valid.class);
    }

    @Test
    void successor_failsHalfWay_oldOneGoesOnAndNothingNewIsLeft() {
        IssuerConfig kept = named("goes-on", issuer, JwksConfig.DISCOVERED);
        TokenValidator old = first(config(HTTP, kept));
        assertThat(validate(old, issuer)).isInstanceOf(Validation.Valid.class);
        IssuerConfig broken =
                named("half-way", other, JwksConfig.DISCOVERED).withIntrospection(secretIn(folder.resolve("missing")));
        issuer.stop();

        assertThatThrownBy(() -> old.successor(config(HTTP, kept, broken))).isInstanceOf(UncheckedIOException.class);

        await().until(() -> !threadOf("half-way"));
        assertThat(validate(old, issuer)).isInstanceOf(Validation.Valid.class);
        assertThat(threadOf("goes-on")).isTrue();
        old.close();
        await().until(() -> !threadOf("goes-on"));
    }

    @Test
    void successor_keysInAFile_readAgainButNotGivenUpForABrokenFile() throws Exception {
        Path file = Files.writeString(folder.resolve("keys.json"), published(issuer));
        JwksConfig inFile = JwksConfigBuilder.builder()
                .file(FileReference.of(file.toString()))
                .build();
        ScopegateConfig config = config(HTTP, named("file", issuer, inFile));
        TokenValidator old = first(config);
        String before = token(issuer);
        assertThat(validate(old, before)).isInstanceOf(Validation.Valid.class);

        Files.writeString(file, "{\"keys\":[{\"kty\":");
        TokenValidator whileBroken = follow(old, config);
        issuer.rotateKeys();
        Files.writeString(file, published(issuer));
        TokenValidator last = follow(whileBroken, config);

        assertThat(validate(whileBroken, before)).isInstanceOf(Validation.Valid.class);
        assertThat(validate(last, before)).isEqualTo(new Validation.Refused(RefusalReason.KEY_UNKNOWN));
        assertThat(validate(last, issuer)).isInstanceOf(Validation.Valid.class);
    }

    @Test
    void successor_secretInAFile_readAgain() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "outdated");
        ScopegateConfig config =
                config(HTTP, named("secret", issuer, JwksConfig.DISCOVERED).withIntrospection(secretIn(secret)));
        String opaque = issuer.opaque(Map.of("aud", "https://api.example.com/contacts"));
        TokenValidator old = first(config);
        assertThat(validate(old, opaque)).isInstanceOf(Validation.Undecided.class);

        Files.writeString(secret, TestIssuer.CLIENT_SECRET + "\n");

        assertThat(validate(follow(old, config), opaque)).isInstanceOf(Validation.Valid.class);
    }

    private TokenValidator first(ScopegateConfig config) {
        return kept(TokenValidator.of(config, Clock.systemUTC()));
    }

    private TokenValidator follow(TokenValidator old, ScopegateConfig config) {
        return kept(old.successor(config));
    }

    private TokenValidator kept(TokenValidator validator) {
        validators.add(validator);
        return validator;
    }

    private static ScopegateConfig config(HttpConfig http, IssuerConfig... issuers) {
        return ScopegateConfigBuilder.builder()
                .resource("https://api.example.com/contacts")
                .issuers(List.of(issuers))
                .http(http)
                .build();
    }

    private static IssuerConfig named(String name, TestIssuer issuer, JwksConfig jwks) {
        return IssuerConfig.builder(issuer.issuer()).name(name).jwks(jwks).build();
    }

    private static IntrospectionConfig secretIn(Path file) {
        return IntrospectionConfigBuilder.builder()
                .clientId(TestIssuer.CLIENT_ID)
                .clientSecretFile(FileReference.of(file.toString()))
                .build();
    }

    private static Validation validate(TokenValidator validator, TestIssuer signer) {
        return validate(validator, token(signer));
    }

    private static Validation validate(TokenValidator validator, String token) {
        return Anywhere.validate(validator, token);
    }

    private static String token(TestIssuer signer) {
        return signer.token().scope("read:contacts").sign();
    }

    private static String published(TestIssuer issuer) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(issuer.jwksUri().toString())).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static boolean threadOf(String issuerName) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("scopegate-keys-" + issuerName));
    }
}
