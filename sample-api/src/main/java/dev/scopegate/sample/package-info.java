/**
 * The runnable sample: a contacts API behind Scopegate and the authorization server that issues its tokens, as two
 * Spring contexts in one process.
 *
 * <p>This package only starts and stops the two; {@code contacts} is the API, {@code authorization} the authorization
 * server. Neither of the two knows the other: they meet over HTTP alone, as they would on two machines. {@code playground} is the
 * page beside the API that shows what both do, and reaches into both for that.
 */
@NullMarked
package dev.scopegate.sample;

import org.jspecify.annotations.NullMarked;
