/**
 * The tour of the sample in a terminal: every grant, every call and every break, by HTTP alone, each compared with what has to
 * happen. Knows nothing of the two servers but their addresses.
 */
@NullMarked
package dev.scopegate.sample.demo;

import org.jspecify.annotations.NullMarked;
