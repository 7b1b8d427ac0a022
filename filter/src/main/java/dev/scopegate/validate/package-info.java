/**
 * Steps 4 and 5: what kind of token this is, whose it is, and whether it is good.
 *
 * <pre>
 *                        ┌─ JwtValidator ─▶ keys ─▶ signature ─┐
 * TokenValidator ────────┤       ┊ (if configured)             ├─▶ ClaimChecks ─▶ Validation
 *   (JWT shape or not)   └─ Introspector ─▶ the issuer ────────┘
 * </pre>
 *
 * A token's own words choose nothing but which configured issuer judges it.
 */
@NullMarked
package dev.scopegate.validate;

import org.jspecify.annotations.NullMarked;
