/** Benchmarks by JMH: what a decision costs, beside what others pay for it. Compiled in every build, run only by {@code run.sh},
 * which is also the place to look for how one of them is run alone. */
@NullMarked
package dev.scopegate.bench;

import org.jspecify.annotations.NullMarked;
