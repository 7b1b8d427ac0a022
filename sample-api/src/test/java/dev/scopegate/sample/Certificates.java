package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Certificates of one authority, and some that signed themselves, made by the JDK's own keytool. */
final class Certificates {

    /** Of every key store. */
    static final String PASSWORD = "changeit";

    private static final String AUTHORITY = "authority";
    private static final int SECONDS = 60;

    private final Path folder;
    private final Path all;

    /** Makes the authority. */
    Certificates(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.all = folder.resolve("all.p12");
        generate(AUTHORITY, "CN=authority", "-ext", "bc:c");
    }

    /** Makes a certificate of the authority. */
    Certificates issue(String alias, String subject, String... further) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of(further));
        options.addAll(List.of("-signer", AUTHORITY));
        return generate(alias, subject, options.toArray(new String[0]));
    }

    /** Makes one that signed itself. */
    Certificates generate(String alias, String subject, String... further) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(List.of("-alias", alias, "-dname", subject, "-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", all.toString(), "-storepass", PASSWORD));
        command.addAll(List.of(further));
        Path output = folder.resolve(alias + ".out");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(keytool.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(() -> read(output)).isZero();
        return this;
    }

    private static String read(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    X509Certificate authority() throws IOException, GeneralSecurityException {
        return certificate(AUTHORITY);
    }

    X509Certificate certificate(String alias) throws IOException, GeneralSecurityException {
        return (X509Certificate) all().getCertificate(alias);
    }

    /** A key store with this key alone, and its certificate. */
    KeyStore keyStore(String alias) throws IOException, GeneralSecurityException {
        KeyStore all = all();
        KeyStore one = empty();
        char[] password = PASSWORD.toCharArray();
        one.setKeyEntry(alias, all.getKey(alias, password), password, all.getCertificateChain(alias));
        return one;
    }

    /** The same in a file. */
    Path keyStoreFile(String alias) throws IOException, GeneralSecurityException {
        return write(alias + ".p12", keyStore(alias));
    }

    /** A file with these certificates, and that of the authority. */
    Path trustStoreFile(String... aliases) throws IOException, GeneralSecurityException {
        KeyStore trusted = empty();
        trusted.setCertificateEntry(AUTHORITY, authority());
        for (String alias : aliases) {
            trusted.setCertificateEntry(alias, certificate(alias));
        }
        return write("trusted.p12", trusted);
    }

    private Path write(String name, KeyStore store) throws IOException, GeneralSecurityException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private KeyStore all() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(all)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
