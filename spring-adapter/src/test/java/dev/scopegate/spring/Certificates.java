package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Certificates that sign themselves, made by the JDK's own keytool in one folder, as PKCS #12 and as PEM. */
final class Certificates {

    static final String PASSWORD = "changeit";

    private final Path folder;

    Certificates(Path folder) {
        this.folder = folder;
    }

    /** Makes {@code name.p12} with key and certificate, {@code name.pem} and {@code name.key}. */
    Certificates generate(String name) throws IOException, GeneralSecurityException, InterruptedException {
        run(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:localhost",
                "-keystore",
                store(name).toString());
        KeyStore store = KeyStore.getInstance(store(name).toFile(), PASSWORD.toCharArray());
        Files.writeString(
                pem(name), pem("CERTIFICATE", store.getCertificate(name).getEncoded()));
        Files.writeString(
                key(name),
                pem("PRIVATE KEY", store.getKey(name, PASSWORD.toCharArray()).getEncoded()));
        return this;
    }

    /** Makes a trust store with the certificate of {@code name}. */
    Path trusting(String name) throws IOException, InterruptedException {
        Path store = folder.resolve("trusting-" + name + ".p12");
        run("-importcert", "-noprompt", "-alias", name, "-file", pem(name).toString(), "-keystore", store.toString());
        return store;
    }

    Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    Path pem(String name) {
        return folder.resolve(name + ".pem");
    }

    Path key(String name) {
        return folder.resolve(name + ".key");
    }

    private static String pem(String kind, byte[] content) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        Collections.addAll(command, arguments);
        Collections.addAll(command, "-storetype", "PKCS12", "-storepass", PASSWORD);
        Path output = folder.resolve("keytool.out");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(Files.readString(output)).isZero();
    }
}
