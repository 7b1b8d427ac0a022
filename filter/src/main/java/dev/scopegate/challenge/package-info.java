/**
 * Step 9: what a refusal says to the client. One mapping from reason to status, error code and sentence; nothing of what
 * was received is ever repeated.
 */
@NullMarked
package dev.scopegate.challenge;

import org.jspecify.annotations.NullMarked;
