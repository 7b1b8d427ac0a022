/** Tests of the playground from within. */
@NullMarked
package dev.scopegate.sample.playground;

import org.jspecify.annotations.NullMarked;
