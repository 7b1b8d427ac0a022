package dev.scopegate.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keys and certificates for tests of TLS, made in one folder by the JDK's own keytool: {@code name.p12} holds a key with its certificate,
 * {@code name.pem} the certificate. Keys are of an elliptic curve; certificates are good for 90 days.
 *
 * <pre>{@code
 * TestCertificates certificates = new TestCertificates(folder);
 * Path trusted = certificates.authority("authority");
 * Path server = certificates.issued("server", "authority", "localhost");
 * }</pre>
 *
 * <p>Takes names as they are, for tests alone, and makes each only once in a folder. Not thread-safe; use one per folder.
 */
public final class TestCertificates {

    /** The password of all stores, and of the keys in them. */
    public static final String PASSWORD = "changeit";

    private static final int SECONDS = 60;

    private final Path folder;

    /**
     * Nothing yet.
     *
     * @param folder an existing one
     */
    public TestCertificates(Path folder) {
        this.folder = folder;
    }

    /** Makes a certification authority, which signs itself. Returns the PEM file of its certificate. */
    public Path authority(String name) throws IOException {
        return signingItself(name, "BC:critical=ca:true");
    }

    /**
     * Makes a certificate that signs itself. Returns its PEM file.
     *
     * @param host such as {@code localhost}
     */
    public Path selfSigned(String name, String host) throws IOException {
        return signingItself(name, "SAN=dns:" + host);
    }

    /**
     * Makes a certificate that an authority of this folder signs. Returns the key store, which holds the authority's certificate too.
     *
     * @param issuer the name of the authority
     * @param host such as {@code localhost}
     */
    public Path issued(String name, String issuer, String host) throws IOException {
        Path request = folder.resolve(name + ".csr");
        String names = "SAN=dns:" + host;
        generate(name, names);
        keytool(name, "-certreq", "-alias", name, "-file", request.toString());
        keytool(
                issuer,
                "-gencert",
                "-rfc",
                "-alias",
                issuer,
                "-ext",
                names,
                "-infile",
                request.toString(),
                "-outfile",
                certificate(name).toString());
        Path chain = Files.writeString(
                folder.resolve(name + "-chain.pem"),
                Files.readString(certificate(name)) + Files.readString(certificate(issuer)));
        keytool(name, "-importcert", "-noprompt", "-alias", name, "-file", chain.toString());
        return keyStore(name);
    }

    /** Makes a store {@code name.p12} that trusts one certificate, of a PEM file. */
    public Path trustStore(String name, Path certificate) throws IOException {
        keytool(name, "-importcert", "-noprompt", "-alias", "trusted", "-file", certificate.toString());
        return keyStore(name);
    }

    /** Writes the private key as PEM (PKCS #8), without a password, to {@code name.key}. */
    public Path privateKey(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(keyStore(name).toFile(), PASSWORD.toCharArray());
        byte[] key = store.getKey(name, PASSWORD.toCharArray()).getEncoded();
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key);
        return Files.writeString(
                folder.resolve(name + ".key"),
                "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
    }

    /** Where the key store of this name is, or would be. */
    public Path keyStore(String name) {
        return folder.resolve(name + ".p12");
    }

    /** Where the certificate of this name is, or would be, as PEM. */
    public Path certificate(String name) {
        return folder.resolve(name + ".pem");
    }

    private Path signingItself(String name, String extension) throws IOException {
        generate(name, extension);
        keytool(
                name,
                "-exportcert",
                "-rfc",
                "-alias",
                name,
                "-file",
                certificate(name).toString());
        return certificate(name);
    }

    private void generate(String name, String extension) throws IOException {
        keytool(name, "-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-ext", extension);
    }

    private void keytool(String store, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        Collections.addAll(command, arguments);
        Collections.addAll(command, "-storetype", "PKCS12", "-keystore", "" + keyStore(store), "-storepass", PASSWORD);
        Path said = folder.resolve("keytool.out");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            if (!keytool.waitFor(SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new IllegalStateException("keytool " + arguments[0] + ": " + Files.readString(said));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while keytool ran", interrupted);
        } finally {
            keytool.destroy();
        }
    }
}
