/** An application of its own, of which slices are tested. */
@NullMarked
package dev.scopegate.spring.slice;

import org.jspecify.annotations.NullMarked;
