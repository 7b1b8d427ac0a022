/**
 * What Nimbus and the JDK leave to their users of JOSE: one canonical base64url, and keys of Ed25519. For answers that are signed,
 * and for whoever else reads what an issuer signed; not meant for applications.
 */
@NullMarked
package dev.scopegate.introspection.jose;

import org.jspecify.annotations.NullMarked;
