package dev.scopegate.config;

import java.io.IOException;
import java.util.Optional;

/**
 * Trust and certificates by name, from whoever keeps them: the keys {@code ssl-bundle} name them. In Spring Boot these are its SSL
 * bundles.
 *
 * <p>Has to be safe for concurrent use. Asked at start and at each reload.
 */
@FunctionalInterface
public interface TlsBundles {

    /** Nobody keeps any: a configuration that names one has a mistake. */
    TlsBundles NONE = name -> Optional.empty();

    /**
     * The bundle of this name as it is now; empty if there is none.
     *
     * @throws IOException if it is there and cannot be used; the message says why, follows upon the name and quotes nothing of it
     */
    Optional<TlsBundle> find(String name) throws IOException;
}
