/**
 * Steps 2 and 7: which requirement a request meets, and whether a token meets the requirement. Knows paths, methods and
 * scopes; knows nothing of how a token was sent or validated.
 */
@NullMarked
package dev.scopegate.route;

import org.jspecify.annotations.NullMarked;
