/** Tokens never seen before: all contenders in one JVM, by turns. */
@NullMarked
package dev.scopegate.bench.first;

import org.jspecify.annotations.NullMarked;
