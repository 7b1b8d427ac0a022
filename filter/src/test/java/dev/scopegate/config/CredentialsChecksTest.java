package dev.scopegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.scopegate.test.TestCertificates;
import dev.scopegate.test.TestIssuer;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which credentials for introspection are a mistake, and where it is said to be. */
class CredentialsChecksTest {

    private static final String KEY = "private-key: { file: key.json }";
    private static final String STORE = "key-store: { file: ours.p12, password: changeit }";
    private static final String ENDPOINT = "endpoint: 'https://login.example.com/introspect'";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeFiles() throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        Path authority = certificates.authority("ours");
        Path unused = certificates.trustStore("trusted", authority);
        try (TestIssuer issuer = TestIssuer.start()) {
            Files.writeString(
                    folder.resolve("key.json"),
                    issuer.signingKey(JWSAlgorithm.RS256).toJSONString());
            Files.writeString(
                    folder.resolve("public.json"),
                    issuer.signingKey(JWSAlgorithm.RS256).toPublicJWK().toJSONString());
        }
        Files.writeString(folder.resolve("secret"), "s3cret\n");
        Files.writeString(folder.resolve("password"), TestCertificates.PASSWORD + "\n");
        Files.writeString(folder.resolve("empty"), "\n");
        Files.writeString(folder.resolve("nonsense"), "s3cret nonsense");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client-secret: x",
                "client-secret-file: secret",
                KEY,
                STORE,
                "key-store: { file: ours.p12, password-file: password }",
                "client-secret: x, " + KEY + ", " + STORE,
                ENDPOINT + ", client-secret: x",
                ENDPOINT + ", " + KEY,
                ENDPOINT + ", " + STORE,
                "client-authentication: client_secret_basic, client-secret: x",
                "client-authentication: client_secret_post, client-secret-file: secret",
                "client-authentication: private_key_jwt, " + KEY,
                "client-authentication: private_key_jwt, private-key: { file: key.json, algorithm: RS256, key-id: a,"
                        + " audience: 'https://login.example.com/token' }",
                "client-authentication: tls_client_auth, " + STORE,
                "client-authentication: self_signed_tls_client_auth, " + STORE,
                "client-authentication: bearer, client-secret: x",
                "client-authentication: bearer, client-secret: x, bearer: { token-endpoint: 'https://a.example.com/t',"
                        + " scopes: [introspect] }",
                "client-secret: x, unencoded-basic-credentials: true",
                "client-authentication: bearer, client-secret: x, unencoded-basic-credentials: true",
            })
    void problems_whatTheMethodNeedsAndNoMore_none(String introspection) {
        assertThat(problems(introspection)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '!',
            value = {
                "timeout: 1s                                       ! '' ! needs either 'client-secret' or 'client-secret-file', or a 'private-key', or a 'key-store'",
                "client-secret: x, client-secret-file: secret      ! '' ! needs either 'client-secret' or 'client-secret-file', not both",
                "client-secret: ''                                 ! .client-secret ! is empty",
                "client-secret-file: empty                         ! .client-secret-file ! names an empty file",
                "client-secret-file: nowhere                       ! .client-secret-file ! cannot be read",
                "'client-authentication: client_secret_basic'      ! '' ! needs either 'client-secret' or 'client-secret-file' for 'client-authentication: client_secret_basic'",
                "'client-authentication: client_secret_post'       ! '' ! needs either 'client-secret' or",
                "'client-authentication: bearer'                   ! '' ! needs either 'client-secret' or",
                "'client-authentication: private_key_jwt'          ! '' ! needs a 'private-key' for",
                "'client-authentication: tls_client_auth'          ! '' ! needs a 'key-store' for",
                "'client-authentication: self_signed_tls_client_auth' ! '' ! needs a 'key-store' for",
                "'client-authentication: private_key_jwt, KEY, client-secret: x' ! .client-secret ! is of no use with 'client-authentication: private_key_jwt'; keep one",
                "'client-authentication: private_key_jwt, KEY, client-secret-file: secret' ! .client-secret-file ! is of no use with",
                "'client-authentication: private_key_jwt, KEY, STORE' ! .key-store ! is of no use with",
                "'client-authentication: tls_client_auth, STORE, KEY' ! .private-key ! is of no use with",
                "'client-authentication: client_secret_basic, client-secret: x, KEY' ! .private-key ! is of no use with",
                "'client-authentication: bearer, client-secret: x, STORE' ! .key-store ! is of no use with",
                "'client-authentication: client_secret_basic, client-secret: x, bearer: { scopes: [a] }' ! .bearer ! is of no use with",
                "'client-secret: x, bearer: { scopes: [a] }'       ! .bearer ! is of no use without 'client-authentication: bearer'",
                "'ENDPOINT, client-secret: x, KEY'                 ! '' ! credentials of several kinds",
                "'ENDPOINT, STORE, KEY'                            ! '' ! credentials of several kinds",
                "'KEY, unencoded-basic-credentials: true'          ! .unencoded-basic-credentials ! is of no use without a secret",
                "'client-authentication: client_secret_post, client-secret: x, unencoded-basic-credentials: true' ! .unencoded-basic-credentials ! is of no use without a secret",
                "'client-secret: \"a\\nb\", unencoded-basic-credentials: true' ! .unencoded-basic-credentials ! no control characters",
                "'private-key: { key-id: a }'                      ! .private-key.file ! is missing",
                "'private-key: { file: nowhere }'                  ! .private-key.file ! cannot be read",
                "'private-key: { file: nonsense }'                 ! .private-key.file ! is neither a JWK nor PEM",
                "'private-key: { file: public.json }'              ! .private-key.file ! holds a public key",
                "'private-key: { file: key.json, algorithm: ES256 }' ! .private-key.file ! another algorithm than the configured one",
                "'private-key: { file: key.json, audience: '''' }' ! .private-key.audience ! is empty",
                "'private-key: { file: key.json, key-id: '''' }' ! .private-key.key-id ! is empty",
                "'key-store: { password: x }'                      ! .key-store.file ! is missing",
                "'key-store: { file: nowhere, password: changeit }' ! .key-store.file ! cannot be read",
                "'key-store: { file: nonsense, password: changeit }' ! .key-store.file ! is neither PKCS #12 nor JKS",
                "'key-store: { file: ours.p12, password: s3cret }' ! .key-store.file ! is not opened by its password",
                "'key-store: { file: ours.p12 }'                   ! .key-store.file ! is not opened by its password",
                "'key-store: { file: trusted.p12, password: changeit }' ! .key-store.file ! does not hold exactly one private key",
                "'key-store: { file: ours.p12, password: changeit, password-file: password }' ! .key-store.password-file ! either 'password' or 'password-file', not both",
                "'key-store: { file: ours.p12, password-file: nowhere }' ! .key-store.password-file ! cannot be read",
                "'client-authentication: bearer, client-secret: x, bearer: { token-endpoint: ''http://a.example.com'' }' ! .bearer.token-endpoint ! must be https",
                "'client-authentication: bearer, client-secret: x, bearer: { scopes: [a b] }' ! .bearer.scopes ! must be single words",
            })
    void problems_oneMistake_namedWhereItIs(String introspection, String path, String words) {
        List<ConfigProblem> problems = problems(introspection
                .replace("KEY,", KEY + ",")
                .replaceAll("KEY$", KEY)
                .replace("STORE,", STORE + ",")
                .replaceAll("STORE$", STORE)
                .replace("ENDPOINT", ENDPOINT));

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("issuers[0].introspection" + path);
            assertThat(problem.message()).contains(words).doesNotContain("s3cret");
        });
    }

    @Test
    void problems_colonInAnUnencodedId_refused() {
        String id = "client-id: 'a:b', client-secret: x";

        assertThat(problemsOf(id)).isEmpty();
        assertThat(problemsOf(id + ", unencoded-basic-credentials: true"))
                .singleElement()
                .asString()
                .contains("no colon in 'client-id'");
    }

    @Test
    void problems_noClientId_refusedWithWhateverCredentials() {
        for (String credentials : List.of("client-secret: x", KEY, STORE)) {
            assertThat(problemsOf(credentials))
                    .singleElement()
                    .asString()
                    .contains("issuers[0].introspection.client-id' is missing");
        }
    }

    @Test
    void problems_jksAsWell_opened() throws Exception {
        Path jks = folder.resolve("ours.jks");
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        char[] password = TestCertificates.PASSWORD.toCharArray();
        KeyStore from = KeyStore.getInstance(folder.resolve("ours.p12").toFile(), password);
        store.setKeyEntry("a", from.getKey("ours", password), "other".toCharArray(), from.getCertificateChain("ours"));
        save(store, jks, password);
        assertThat(problems("key-store: { file: ours.jks, password: changeit }"))
                .singleElement()
                .asString()
                .contains("that the password opens");

        store.setKeyEntry("a", from.getKey("ours", password), password, from.getCertificateChain("ours"));
        save(store, jks, password);
        assertThat(problems("key-store: { file: ours.jks, password: changeit }"))
                .isEmpty();
    }

    private static void save(KeyStore store, Path file, char[] password) throws Exception {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password);
        }
    }

    private static List<ConfigProblem> problems(String introspection) {
        return problemsOf("client-id: api, " + introspection);
    }

    private static List<ConfigProblem> problemsOf(String introspection) {
        String yaml = """
                resource: https://api.example.com
                issuers:
                  - issuer: https://login.example.com
                    introspection: { %s }
                routes:
                  - { route: GET /a, scopes: read }
                """.formatted(introspection);
        return ConfigChecks.problems(
                new ConfigReader().read("scopegate.yaml", yaml, folder).config());
    }
}
