/** The contenders, and what they are given: all of them the same tokens, the same keys, the same requests. */
@NullMarked
package dev.scopegate.bench.peer;

import org.jspecify.annotations.NullMarked;
