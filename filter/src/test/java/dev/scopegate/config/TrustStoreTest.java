package dev.scopegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustStoreTest {

    @TempDir
    private static Path folder;

    private static Path pem;
    private static Path pkcs12;

    @BeforeAll
    static void makeStores() throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        pem = certificates.authority("authority");
        pkcs12 = certificates.trustStore("store", pem);
    }

    @Test
    void read_pemAndPkcs12_theSameCertificate() throws Exception {
        assertThat(problems(pem, "")).isEmpty();
        assertThat(http(pem, "").readTrustStore().orElseThrow())
                .hasSize(1)
                .isEqualTo(
                        http(pkcs12, TestCertificates.PASSWORD).readTrustStore().orElseThrow());
    }

    @Test
    void read_severalCertificatesWithTextBetween_all() throws Exception {
        Path second = new TestCertificates(folder).authority("second");
        Path bundle = Files.writeString(
                folder.resolve("bundle.pem"),
                "The first one\n" + Files.readString(pem) + "\n# the second one\n" + Files.readString(second));

        assertThat(http(bundle, "").readTrustStore().orElseThrow()).hasSize(2);
    }

    @Test
    void problems_wrongOrMissingPassword_named() {
        assertThat(problems(pkcs12, TestCertificates.PASSWORD)).isEmpty();
        assertThat(problems(pkcs12, "wrong")).singleElement().asString().contains("http.trust-store-password");
        assertThat(problems(pkcs12, "")).singleElement().asString().contains("http.trust-store-password");
    }

    @Test
    void problems_storeWithAPrivateKeyAlone_holdsNoTrustedCertificate() {
        assertThat(problems(folder.resolve("authority.p12"), TestCertificates.PASSWORD))
                .singleElement()
                .asString()
                .startsWith("'http.trust-store' holds no trusted certificate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no certificate",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                "0nonsense"
            })
    void problems_fileOfSomethingElse_namedWithoutItsContent(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("else"), content);

        assertThat(problems(file, ""))
                .singleElement()
                .asString()
                .startsWith("'http.trust-store' ")
                .endsWith(file.toString())
                .doesNotContain("AAAA", "nonsense");
    }

    @Test
    void problems_fileThatIsNotThere_namedOnce() {
        assertThat(problems(folder.resolve("nowhere"), ""))
                .singleElement()
                .asString()
                .contains("cannot be read");
    }

    private static List<String> problems(Path store, String password) {
        return ConfigChecks.problems(ScopegateConfigBuilder.builder()
                        .http(http(store, password))
                        .build())
                .stream()
                .filter(problem -> problem.path().startsWith("http"))
                .map(ConfigProblem::message)
                .toList();
    }

    private static HttpConfig http(Path store, String password) {
        HttpConfigBuilder http = HttpConfigBuilder.builder().trustStore(FileReference.of(store.toString()));
        return password.isEmpty()
                ? http.build()
                : http.trustStorePassword(Secret.of(password)).build();
    }
}
