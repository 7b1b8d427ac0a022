/** The same API without Spring: one servlet, one filter, one {@code scopegate.yaml}. */
@NullMarked
package dev.scopegate.sample.plain;

import org.jspecify.annotations.NullMarked;
