package dev.scopegate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.config.IssuerConfig.Profile;
import dev.scopegate.model.Transport;
import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That profile, algorithms and keys of an issuer agree before the first token comes. */
class SignatureChecksTest {

    private static final String SECRET = "n7Vx0Rq3Tz5Kc8Lb1Wm4Yp6Hd9Gf2Js0n7Vx0Rq3Tz5Kc8Lb1Wm4Yp6Hd9Gf2Js0";

    @TempDir
    private Path folder;

    @Test
    void algorithms_byDefault_thoseOfTheProfile() {
        assertThat(issuer(Profile.JWT).algorithms()).isEqualTo(IssuerConfig.DEFAULT_ALGORITHMS);
        assertThat(issuer(Profile.RFC9068).algorithms()).isEqualTo(IssuerConfig.DEFAULT_ALGORITHMS);
        assertThat(issuer(Profile.FAPI2).algorithms()).containsExactly("PS256", "ES256", "EdDSA", "Ed25519");
    }

    @ParameterizedTest
    @CsvSource({
        "FAPI2,   PS256,       ''",
        "FAPI2,   ES256 EdDSA, ''",
        "FAPI2,   Ed25519,     ''",
        "FAPI2,   RS256,       'may name PS256, ES256, EdDSA, Ed25519 with ''profile: fapi2'''",
        "FAPI2,   PS256 PS512, 'may name PS256, ES256, EdDSA, Ed25519 with ''profile: fapi2'''",
        "FAPI2,   HS256,       'may name PS256, ES256, EdDSA, Ed25519 with ''profile: fapi2'''",
        "RFC9068, RS256,       ''",
        "JWT,     RS512 ES384, ''",
        "JWT,     HS256,       add 'shared-secret-file', or name RS256",
        "RFC9068, RS256 HS512, add 'shared-secret-file', or name RS256",
        "JWT,     none,        may name RS256",
        "JWT,     RS265,       did you mean 'RS256'?",
    })
    @Requirement("RFC8725 §3.2")
    void problems_algorithms_thoseOfTheProfileAlone(Profile profile, String algorithms, String message) {
        List<ConfigProblem> problems = problems(IssuerConfig.builder("https://login.example.com")
                .profile(profile)
                .algorithms(List.of(algorithms.split(" ", -1)))
                .build());

        assertSaid(problems, "issuers[0].algorithms", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"form", "query", "cookie:token"})
    @Requirement("RFC6750 §2.3")
    void problems_fapi2AndTokensElsewhere_named(String transport) {
        TokensConfig elsewhere = TokensConfigBuilder.builder()
                .transports(List.of(Transport.HEADER, Transport.of(transport)))
                .build();

        assertSaid(
                ConfigChecks.problems(config(elsewhere, issuer(Profile.JWT), issuer(Profile.FAPI2))),
                "tokens.transports",
                "'header' alone while 'issuers[1].profile' is fapi2");
        assertThat(ConfigChecks.problems(config(elsewhere, issuer(Profile.RFC9068))))
                .isEmpty();
        assertThat(ConfigChecks.problems(config(TokensConfig.DEFAULT, issuer(Profile.FAPI2))))
                .isEmpty();
    }

    @Test
    void warnings_fapi2_saidThatNoTokenPasses() {
        LoadedConfig strict = new LoadedConfig(
                config(TokensConfig.DEFAULT, issuer(Profile.JWT), issuer(Profile.FAPI2)), Locations.none("test"));
        LoadedConfig plain =
                new LoadedConfig(config(TokensConfig.DEFAULT, issuer(Profile.RFC9068)), Locations.none("test"));

        assertThat(strict.placedWarnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning)
                        .startsWith("test: 'issuers[1].profile' is fapi2, with which no token passes yet"));
        assertThat(plain.placedWarnings()).isEmpty();
    }

    /** Hostile row A054: keys that can be guessed, and their sound twins. */
    @ParameterizedTest(name = "{0} with {1} octets")
    @CsvSource({
        "HS256,       32, ''",
        "HS256,       31, fewer than 32 octets",
        "HS256,       16, fewer than 32 octets",
        "HS256,        6, fewer than 32 octets",
        "HS256,        0, names an empty file",
        "HS384,       48, ''",
        "HS384,       47, fewer than 48 octets",
        "HS512,       64, ''",
        "HS512,       63, fewer than 64 octets",
        "HS256 HS512, 64, ''",
        "HS256 HS512, 32, fewer than 64 octets",
        "HS256 HS384, 32, fewer than 48 octets",
    })
    @Requirement("RFC7518 §3.2")
    void problems_sharedSecret_asLongAsTheLongestHash(String algorithms, int octets, String message)
            throws IOException {
        String text = SECRET.substring(0, octets);
        for (String end : List.of("", "\n", "\r\n")) {
            List<ConfigProblem> problems = problems(hmac(text + end, algorithms.split(" ", -1)));

            assertSaid(problems, "issuers[0].shared-secret-file", message);
            if (octets > 0) {
                assertThat(problems)
                        .allSatisfy(problem -> assertThat(problem.message()).doesNotContain(text));
            }
        }
    }

    @Test
    void problems_sharedSecretOfOneOctetOrNone_named() throws IOException {
        assertSaid(problems(hmac("x".repeat(64), "HS256")), "issuers[0].shared-secret-file", "again and again");
        assertSaid(problems(hmac("\0".repeat(64), "HS256")), "issuers[0].shared-secret-file", "again and again");
        assertThat(problems(hmac("x".repeat(63) + "y", "HS256"))).isEmpty();
        assertSaid(problems(hmac("x".repeat(4096) + "yz", "HS256")), "issuers[0].shared-secret-file", "4096 octets");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKC\n-----END PUBLIC KEY-----\n",
                "{\"kty\":\"oct\",\"k\":\"n7Vx0Rq3Tz5Kc8Lb1Wm4Yp6Hd9Gf2Js0\"}\n",
                "{ \"k\": \"n7Vx0Rq3Tz5Kc8Lb1Wm4Yp6Hd9Gf2Js0\", \"kty\" : \"oct\" }"
            })
    @Requirement("RFC8725 §2.1")
    void problems_sharedSecretInAWrapping_named(String content) throws IOException {
        assertSaid(problems(hmac(content, "HS256")), "issuers[0].shared-secret-file", "holds PEM or a JWK");
    }

    @Test
    void problems_sharedSecretThatIsNotThere_named() {
        IssuerConfig missing = sharing(folder.resolve("nowhere"), issuer -> issuer.algorithms(List.of("HS256")));
        IssuerConfig directory = sharing(folder, issuer -> issuer.algorithms(List.of("HS256")));

        assertSaid(problems(missing), "issuers[0].shared-secret-file", "cannot be read");
        assertSaid(problems(directory), "issuers[0].shared-secret-file", folder.toString());
    }

    @Test
    void problems_sharedSecretAndWhatContradictsIt_named() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), SECRET);
        IssuerConfig noAlgorithms = sharing(file, issuer -> issuer);
        IssuerConfig both = sharing(file, issuer -> issuer.algorithms(List.of("HS256", "RS256")));
        IssuerConfig fetched = sharing(
                file,
                issuer -> issuer.algorithms(List.of("HS256"))
                        .jwks(JwksConfigBuilder.builder()
                                .uri(URI.create("https://login.example.com/keys"))
                                .build()));
        IssuerConfig fromFile = sharing(
                file,
                issuer -> issuer.algorithms(List.of("HS256"))
                        .jwks(JwksConfigBuilder.builder()
                                .file(new FileReference(file))
                                .build()));
        IssuerConfig fapi2 =
                sharing(file, issuer -> issuer.algorithms(List.of("HS256")).profile(Profile.FAPI2));

        assertSaid(problems(noAlgorithms), "issuers[0].algorithms", "may name HS256, HS384, HS512 alone");
        assertSaid(problems(both), "issuers[0].algorithms", "may name HS256, HS384, HS512 alone");
        assertSaid(problems(fetched), "issuers[0].shared-secret-file", "'jwks' exclude each other");
        assertSaid(problems(fromFile), "issuers[0].shared-secret-file", "'jwks' exclude each other");
        assertSaid(problems(fapi2), "issuers[0].shared-secret-file", "contradicts 'profile: fapi2'");
    }

    @ParameterizedTest
    @CsvSource({"'', 64", "'\n', 64", "'\r\n', 64", "'\n\n', 65", "'\r', 65", "' ', 65"})
    void readSharedSecret_file_itsOctetsWithoutOneLineBreak(String end, int octets) throws IOException {
        IssuerConfig issuer = hmac(SECRET.substring(0, 64) + end, "HS256");

        assertThat(issuer.readSharedSecret().orElseThrow())
                .hasSize(octets)
                .startsWith(SECRET.substring(0, 64).getBytes(StandardCharsets.UTF_8));
        assertThat(issuer.toString()).doesNotContain(SECRET.substring(0, 64));
    }

    @Test
    void readSharedSecret_octetsThatAreNoText_asTheyAre() throws IOException {
        byte[] octets = new byte[32];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (0xF0 + i);
        }
        Path file = Files.write(folder.resolve("octets"), octets);
        IssuerConfig issuer = sharing(file, config -> config.algorithms(List.of("HS256")));

        assertThat(problems(issuer)).isEmpty();
        assertThat(issuer.readSharedSecret()).get().isEqualTo(octets);
    }

    @Test
    void readSharedSecret_noneConfiguredOrGone_emptyOrRefused() {
        assertThat(issuer(Profile.JWT).readSharedSecret()).isEmpty();
        assertThatThrownBy(
                        () -> sharing(folder.resolve("gone"), issuer -> issuer).readSharedSecret())
                .isInstanceOf(UncheckedIOException.class);
    }

    private IssuerConfig hmac(String content, String... algorithms) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), content);
        return sharing(file, issuer -> issuer.algorithms(Arrays.asList(algorithms)));
    }

    private static IssuerConfig sharing(Path file, UnaryOperator<IssuerConfigBuilder> more) {
        return more.apply(IssuerConfig.builder("https://login.example.com")
                        .sharedSecretFile(Optional.of(new FileReference(file))))
                .build();
    }

    private static IssuerConfig issuer(Profile profile) {
        return IssuerConfig.builder("https://" + profile + ".example.com")
                .profile(profile)
                .build();
    }

    private static void assertSaid(List<ConfigProblem> problems, String path, String message) {
        if (message.isEmpty()) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.path()).isEqualTo(path))
                    .satisfies(problem -> assertThat(problem.message()).contains(message));
        }
    }

    private static List<ConfigProblem> problems(IssuerConfig issuer) {
        return ConfigChecks.problems(config(TokensConfig.DEFAULT, issuer));
    }

    private static ScopegateConfig config(TokensConfig tokens, IssuerConfig... issuers) {
        return ScopegateConfigBuilder.builder()
                .resource("https://api.example.com")
                .issuers(List.of(issuers))
                .tokens(tokens)
                .routes(List.of(RouteConfig.requiring("GET /", "read")))
                .build();
    }
}
