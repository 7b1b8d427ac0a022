/** Costs that are compared closely: all who are compared are in one JVM and take turns. */
@NullMarked
package dev.scopegate.bench.turns;

import org.jspecify.annotations.NullMarked;
