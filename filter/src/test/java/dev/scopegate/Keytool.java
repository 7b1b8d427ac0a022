package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Certificates for tests, made by the JDK's own keytool in one folder. */
public final class Keytool {

    /** The password of all stores. */
    public static final String PASSWORD = "changeit";

    private final Path folder;

    public Keytool(Path folder) {
        this.folder = folder;
    }

    /** Makes a certification authority: {@code name.p12} with its key, {@code name.pem} with its certificate. */
    public Path authority(String name) throws IOException, InterruptedException {
        generate(name, "BC:critical=ca:true");
        run(name, "-exportcert", "-rfc", "-alias", name, "-file", file(name + ".pem"));
        return folder.resolve(name + ".pem");
    }

    /** Makes a server's key and certificate, issued by an authority: {@code name.p12}. */
    public Path server(String name, String issuer, String host) throws IOException, InterruptedException {
        String request = file(name + ".csr");
        String certificate = file(name + ".pem");
        generate(name, "SAN=dns:" + host);
        run(name, "-certreq", "-alias", name, "-file", request);
        String names = "SAN=dns:" + host;
        run(issuer, "-gencert", "-rfc", "-alias", issuer, "-ext", names, "-infile", request, "-outfile", certificate);
        Path chain = folder.resolve(name + "-chain.pem");
        Files.writeString(
                chain, Files.readString(Path.of(certificate)) + Files.readString(folder.resolve(issuer + ".pem")));
        run(name, "-importcert", "-noprompt", "-alias", name, "-file", chain.toString());
        return folder.resolve(name + ".p12");
    }

    /** Makes a trust store {@code name.p12} that holds one certificate. */
    public Path trustStore(String name, Path certificate) throws IOException, InterruptedException {
        run(name, "-importcert", "-noprompt", "-alias", "trusted", "-file", certificate.toString());
        return folder.resolve(name + ".p12");
    }

    private void generate(String name, String extension) throws IOException, InterruptedException {
        run(name, "-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-ext", extension);
    }

    private void run(String store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        Collections.addAll(command, arguments);
        Collections.addAll(command, "-storetype", "PKCS12", "-keystore", file(store + ".p12"), "-storepass", PASSWORD);
        Path output = folder.resolve("keytool.out");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(Files.readString(output)).isZero();
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }
}
