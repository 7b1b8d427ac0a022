/** Writes {@code docs/performance.md} from what was measured. */
@NullMarked
package dev.scopegate.bench.page;

import org.jspecify.annotations.NullMarked;
