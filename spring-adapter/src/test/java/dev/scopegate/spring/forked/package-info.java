/** Applications that are started in a JVM of their own. */
@NullMarked
package dev.scopegate.spring.forked;

import org.jspecify.annotations.NullMarked;
