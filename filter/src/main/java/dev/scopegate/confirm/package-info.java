/**
 * Step 6: whether the presenter of a token holds the key that the token is bound to (RFC 9449, RFC 8705).
 */
@NullMarked
package dev.scopegate.confirm;

import org.jspecify.annotations.NullMarked;
