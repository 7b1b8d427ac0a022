package dev.scopegate.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCertificatesTest {

    @TempDir
    private static Path folder;

    private static TestCertificates certificates;

    @BeforeAll
    static void make() throws Exception {
        certificates = new TestCertificates(folder);
        assertThat(certificates.authority("authority")).isEqualTo(certificates.certificate("authority"));
        assertThat(certificates.selfSigned("alone", "localhost")).isEqualTo(certificates.certificate("alone"));
        assertThat(certificates.issued("server", "authority", "api.example.com"))
                .isEqualTo(certificates.keyStore("server"));
    }

    private static X509Certificate read(Path file) throws Exception {
        try (InputStream pem = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }

    private static KeyStore open(Path file) throws Exception {
        return KeyStore.getInstance(file.toFile(), TestCertificates.PASSWORD.toCharArray());
    }

    @Test
    void issued_byAnAuthority_isSignedByItAndByNobodyElse() throws Exception {
        X509Certificate server = read(certificates.certificate("server"));

        server.verify(read(certificates.certificate("authority")).getPublicKey());
        assertThatThrownBy(() ->
                        server.verify(read(certificates.certificate("alone")).getPublicKey()))
                .isInstanceOf(SignatureException.class);
        assertThat(server.getSubjectAlternativeNames())
                .singleElement()
                .asString()
                .contains("api.example.com");
        assertThat(open(certificates.keyStore("server")).getCertificateChain("server"))
                .hasSize(2);
    }

    @Test
    void authority_mayIssue_andOneThatIsAloneMayNot() throws Exception {
        assertThat(read(certificates.certificate("authority")).getBasicConstraints())
                .isNotNegative();
        assertThat(read(certificates.certificate("alone")).getBasicConstraints())
                .isNegative();
    }

    @Test
    void privateKey_asPem_isThatOfTheCertificateAndOfNoOther() throws Exception {
        String pem = Files.readString(certificates.privateKey("alone"));
        byte[] key = Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)));
        byte[] signature = signing.sign();

        assertThat(verifies("alone", signature)).isTrue();
        assertThat(verifies("server", signature)).isFalse();
    }

    private static boolean verifies(String name, byte[] signature) throws Exception {
        Signature verifying = Signature.getInstance("SHA256withECDSA");
        verifying.initVerify(read(certificates.certificate(name)));
        return verifying.verify(signature);
    }

    @Test
    void trustStore_ofACertificate_holdsItAlone() throws Exception {
        KeyStore store = open(certificates.trustStore("trusting", certificates.certificate("alone")));

        assertThat(store.size()).isEqualTo(1);
        assertThat(store.getCertificate("trusted")).isEqualTo(read(certificates.certificate("alone")));
    }

    @Test
    void issued_byNobodyThatIsThere_saysSo() {
        assertThatThrownBy(() -> certificates.issued("lost", "nobody", "localhost"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("keytool -gencert");
    }
}
