package dev.scopegate.introspection.metadata;

import java.io.IOException;

/** The issuer's metadata is missing, or must not be used. Says why in fixed words, never in the document's own. */
public final class MetadataException extends IOException {

    private static final long serialVersionUID = 1L;

    /** With a message that quotes nothing from the document. */
    public MetadataException(String message) {
        super(message);
    }
}
