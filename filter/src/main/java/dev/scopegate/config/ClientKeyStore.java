package dev.scopegate.config;

import dev.scopegate.introspection.http.BoundedHttpClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;

/** Reads the key store with our own certificate: PKCS #12 or JKS, as its content says. Never quotes any of it. */
final class ClientKeyStore {

    private ClientKeyStore() {}

    /**
     * The key store in {@code file}, with one private key that {@code password} opens.
     *
     * @throws IOException if there is none; the message says why and follows upon the name of the file
     */
    static KeyStore read(Path file, Secret password) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("cannot be read");
        }
        // Never null, with which Java would check nothing and silently leave out what is encrypted.
        char[] secret = password.reveal().toCharArray();
        KeyStore store = opened(file, secret);
        try {
            // Builds nothing: looks whether there is what it would show.
            BoundedHttpClient.builder().clientCertificate(store, secret);
        } catch (IllegalArgumentException unusable) {
            throw new IOException(
                    "does not hold exactly one private key, with its certificate, that the password opens");
        }
        return store;
    }

    private static KeyStore opened(Path file, char[] secret) throws IOException {
        try {
            return KeyStore.getInstance(file.toFile(), secret);
        } catch (KeyStoreException neither) {
            throw new IOException("is neither PKCS #12 nor JKS", neither);
        } catch (IOException | GeneralSecurityException closed) {
            throw new IOException(
                    closed.getCause() instanceof UnrecoverableKeyException
                            ? "is not opened by its password"
                            : "is broken, or not opened by its password",
                    closed);
        }
    }
}
