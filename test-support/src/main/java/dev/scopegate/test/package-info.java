/**
 * Test support: an authorization server inside the test, tokens that start valid and change one thing, certificates, and a clock
 * that moves when it is told to. Published for users of Scopegate, and used by each of its modules; it depends on none of them.
 *
 * <pre>
 * TestIssuer ──token()──▶ TokenBuilder ──sign()──▶ the compact text of a JWT
 *     └──────opaque(claims)──▶ a random token that only introspection explains
 * </pre>
 */
@NullMarked
package dev.scopegate.test;

import org.jspecify.annotations.NullMarked;
