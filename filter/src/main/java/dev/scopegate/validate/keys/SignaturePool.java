package dev.scopegate.validate.keys;

import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.Signature;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Verifies the signatures of one key by one algorithm, with {@link Signature} objects that are made ready once, lent to one
 * thread at a time and used again: making one ready costs as much as a good part of a verification.
 *
 * <p>Safe for concurrent use. Keeps {@value #PLACES} objects at most, however many threads there are; what is lent belongs to no
 * thread, so nothing is left behind when threads end.
 */
final class SignaturePool {

    /** Makes an object that is ready to verify with the key. */
    @FunctionalInterface
    interface Source {
        Signature get() throws GeneralSecurityException;
    }

    private static final int PLACES = 16;

    private final Source source;
    private final AtomicReferenceArray<Signature> idle = new AtomicReferenceArray<>(PLACES);

    SignaturePool(Source source) {
        this.source = source;
    }

    /** Whether the signature is one of the key; also false where it is not even a signature, or the provider fails. */
    boolean verifies(byte[] message, byte[] signature) {
        int place = (int) Thread.currentThread().getId() & (PLACES - 1);
        Signature verifier = idle.getAndSet(place, null);
        try {
            if (verifier == null) {
                verifier = source.get();
            }
            verifier.update(message);
            boolean verified = verifier.verify(signature);
            // After an exception nobody knows what state it is in; only here it is as good as new.
            idle.lazySet(place, verifier);
            return verified;
        } catch (GeneralSecurityException | ProviderException unfit) {
            return false;
        }
    }
}
