/**
 * The ways to the issuers, and their keys: where they are published, how they are fetched and kept, and how a signature is
 * verified with one. A part of the room {@code validate}.
 */
@NullMarked
package dev.scopegate.validate.keys;

import org.jspecify.annotations.NullMarked;
