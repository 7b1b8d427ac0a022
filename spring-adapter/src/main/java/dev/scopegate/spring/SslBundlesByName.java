package dev.scopegate.spring;

import dev.scopegate.config.TlsBundle;
import dev.scopegate.config.TlsBundle.OwnCertificate;
import dev.scopegate.config.TlsBundles;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundles;

/**
 * The SSL bundles of Spring Boot, as the configuration names them. Of a bundle count its stores, the alias and password of its key,
 * and its options; not its {@code protocol}, nor managers that an application made itself.
 *
 * <p>Safe for concurrent use.
 */
final class SslBundlesByName implements TlsBundles {

    private final SslBundles bundles;
    private final Set<String> watched = ConcurrentHashMap.newKeySet();
    private volatile Runnable renewed = () -> {};

    SslBundlesByName(SslBundles bundles) {
        this.bundles = bundles;
    }

    /** What is done when a bundle that was asked for has other content than before. */
    void onRenewal(Runnable action) {
        renewed = action;
    }

    @Override
    public Optional<TlsBundle> find(String name) throws IOException {
        try {
            SslBundle bundle = bundles.getBundle(name);
            if (watched.add(name)) {
                bundles.addBundleUpdateHandler(name, changed -> renewed.run());
            }
            return Optional.of(read(bundle));
        } catch (NoSuchSslBundleException unknown) {
            return Optional.empty();
        } catch (GeneralSecurityException | RuntimeException unusable) {
            // What Boot says of it may quote the file.
            throw new IOException("cannot be read", unusable);
        }
    }

    private static TlsBundle read(SslBundle bundle) throws GeneralSecurityException, IOException {
        KeyStore trust = bundle.getStores().getTrustStore();
        KeyStore keys = bundle.getStores().getKeyStore();
        return new TlsBundle(
                trust == null ? Set.of() : trusted(trust),
                keys == null ? Optional.empty() : own(keys, bundle),
                list(bundle.getOptions().getEnabledProtocols()),
                list(bundle.getOptions().getCiphers()));
    }

    private static Set<X509Certificate> trusted(KeyStore store) throws GeneralSecurityException, IOException {
        Set<X509Certificate> trusted = new LinkedHashSet<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isCertificateEntry(alias) && store.getCertificate(alias) instanceof X509Certificate anchor) {
                trusted.add(anchor);
            }
        }
        if (trusted.isEmpty()) {
            // An empty set would mean all those that Java trusts.
            throw new IOException("has a trust store without a certificate");
        }
        return trusted;
    }

    private static Optional<OwnCertificate> own(KeyStore store, SslBundle bundle)
            throws GeneralSecurityException, IOException {
        SslBundleKey key = bundle.getKey();
        List<String> aliases = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)
                    && (key.getAlias() == null || key.getAlias().equals(alias))) {
                aliases.add(alias);
            }
        }
        if (aliases.isEmpty() && key.getAlias() == null) {
            return Optional.empty();
        }
        if (aliases.size() != 1) {
            // With two, the server would choose who we are.
            throw new IOException("does not hold exactly one private key; say with 'key.alias' which to use");
        }
        Certificate[] chain = store.getCertificateChain(aliases.get(0));
        char[] password = password(key.getPassword(), bundle.getStores().getKeyStorePassword());
        if (chain == null || !(store.getKey(aliases.get(0), password) instanceof PrivateKey secret)) {
            throw new IOException("does not hold a private key with its certificate");
        }
        return Optional.of(new OwnCertificate(
                secret, Arrays.stream(chain).map(X509Certificate.class::cast).toList()));
    }

    private static char @Nullable [] password(@Nullable String ofTheKey, @Nullable String ofTheStore) {
        String password = ofTheKey == null ? ofTheStore : ofTheKey;
        return password == null ? null : password.toCharArray();
    }

    private static List<String> list(String @Nullable [] values) {
        return values == null ? List.of() : List.of(values);
    }
}
