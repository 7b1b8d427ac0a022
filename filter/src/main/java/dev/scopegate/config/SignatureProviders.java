package dev.scopegate.config;

import java.lang.invoke.MethodHandles;
import java.security.Provider;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the providers of signature algorithms that an application may have on its class path. They are named here and not
 * looked up by {@link java.util.ServiceLoader}: a jar that happens to be there does not verify signatures.
 */
final class SignatureProviders {

    private SignatureProviders() {}

    /** The Amazon Corretto Crypto Provider, if it is there and can be used on this machine. */
    static Optional<Provider> accp() {
        return usable(() -> {
            Class<?> type = type("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");
            Object provider = type.getField("INSTANCE").get(null);
            // Where its native library does not load, the provider is there all the same.
            return type.getMethod("getLoadingError").invoke(provider) == null ? provider : null;
        });
    }

    /** Conscrypt, if it is there and can be used on this machine. */
    static Optional<Provider> conscrypt() {
        return usable(
                () -> type("org.conscrypt.Conscrypt").getMethod("newProvider").invoke(null));
    }

    private interface Source {
        @Nullable
        Object get() throws ReflectiveOperationException;
    }

    private static Class<?> type(String name) throws ReflectiveOperationException {
        return MethodHandles.lookup().findClass(name);
    }

    private static Optional<Provider> usable(Source source) {
        try {
            return Optional.ofNullable(source.get())
                    .filter(Provider.class::isInstance)
                    .map(Provider.class::cast)
                    .filter(SignatureProviders::signs);
        } catch (ReflectiveOperationException | LinkageError absent) {
            // Both are thin layers over native libraries, which may be missing where the classes are there.
            return Optional.empty();
        }
    }

    private static boolean signs(Provider provider) {
        return provider.getServices().stream()
                .anyMatch(service -> service.getType().equals("Signature"));
    }
}
