/**
 * What an authorization server says of itself, found from its issuer identifier alone.
 *
 * <pre>
 * issuer ──▶ metadata ──▶ http ──▶ the well-known addresses
 * </pre>
 */
@NullMarked
package dev.scopegate.introspection.metadata;

import org.jspecify.annotations.NullMarked;
