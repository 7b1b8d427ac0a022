/**
 * Steps 4 and 5: what kind of token this is, whose it is, and whether it is good.
 *
 * <pre>
 *                        ┌─ JwtValidator ─▶ keys ─▶ signature ─┐
 * TokenValidator ────────┤       ┊ (if configuration or route want it)
 *   (JWT shape or not)   │       ▼                             ├─▶ ClaimChecks ─▶ Validation
 *                        └─ Introspectors ─▶ Introspector ─────┘
 *                             (whose it is)    (the issuer)
 * </pre>
 *
 * A token's own words choose nothing but which configured issuer judges it.
 */
@NullMarked
package dev.scopegate.validate;

import org.jspecify.annotations.NullMarked;
