/** Tests of the demo from within. */
@NullMarked
package dev.scopegate.sample.demo;

import org.jspecify.annotations.NullMarked;
