package dev.scopegate.introspection.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The one certificate that a client shows, and its key. The JDK's own key managers keep it back where its issuer is none of those
 * that the server names, as that of a certificate which signed itself never is. Safe for concurrent use. Its text form tells
 * nothing of the key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8705#section-2.2">RFC 8705 §2.2</a>
 */
final class ClientCertificate extends X509ExtendedKeyManager {

    private static final String ALIAS = "client";

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private ClientCertificate(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain;
    }

    /** This one; an {@link IllegalArgumentException} if there is a key alone. */
    static ClientCertificate of(PrivateKey key, List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a private key without its certificate");
        }
        return new ClientCertificate(key, List.copyOf(chain));
    }

    /** The one in {@code store}; an {@link IllegalArgumentException} if there is not one. */
    static ClientCertificate in(KeyStore store, char[] password) {
        try {
            List<String> aliases = Collections.list(store.aliases()).stream()
                    .filter(alias -> isKey(store, alias))
                    .toList();
            // With two, the server would choose who we are.
            if (aliases.size() != 1) {
                throw new IllegalArgumentException("the key store does not hold one private key");
            }
            Certificate[] certificates = store.getCertificateChain(aliases.get(0));
            boolean x509 = certificates != null
                    && certificates.length > 0
                    && Arrays.stream(certificates).allMatch(X509Certificate.class::isInstance);
            if (!x509 || !(store.getKey(aliases.get(0), password) instanceof PrivateKey key)) {
                throw new IllegalArgumentException("the key store does not hold a private key with its certificate");
            }
            return new ClientCertificate(
                    key,
                    Arrays.stream(certificates).map(X509Certificate.class::cast).toList());
        } catch (GeneralSecurityException closed) {
            throw new IllegalArgumentException("the password does not open the private key", closed);
        }
    }

    private static boolean isKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (GeneralSecurityException notLoaded) {
            throw new IllegalArgumentException("the key store is not loaded", notLoaded);
        }
    }

    private boolean isOf(String keyType) {
        // TLS also names key types with what they were signed by, such as EC_RSA.
        int signedBy = keyType.indexOf('_');
        return key.getAlgorithm().equals(signedBy < 0 ? keyType : keyType.substring(0, signedBy));
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return Arrays.stream(keyTypes).anyMatch(this::isOf) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        return Arrays.stream(keyTypes).anyMatch(this::isOf) ? ALIAS : null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return isOf(keyType) ? new String[] {ALIAS} : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return alias.equals(ALIAS) ? chain.toArray(new X509Certificate[0]) : null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return alias.equals(ALIAS) ? key : null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }
}
