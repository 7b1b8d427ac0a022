/** Benchmarks: what a decision costs. Run with {@code mvn -q -pl benchmarks compile exec:exec}; compiled in every build, run
 * only so. */
@NullMarked
package dev.scopegate.bench;

import org.jspecify.annotations.NullMarked;
