/**
 * Step 8: what an operator sees of a decision: meters and log lines. Their texts come from closed sets; nothing that a
 * client sent gets in, but for method and path in the audit log, escaped and cut. The only room that knows Micrometer.
 */
@NullMarked
package dev.scopegate.observe;

import org.jspecify.annotations.NullMarked;
