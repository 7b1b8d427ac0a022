/** What requests with JWTs feel of it when introspections hang. */
@NullMarked
package dev.scopegate.bench.slow;

import org.jspecify.annotations.NullMarked;
