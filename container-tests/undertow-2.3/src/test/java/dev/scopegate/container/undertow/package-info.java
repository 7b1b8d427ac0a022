/** How to start Undertow 2.3, and the suite run on it: the leaf at which {@code dev.scopegate.container} meets a container. */
@NullMarked
package dev.scopegate.container.undertow;

import org.jspecify.annotations.NullMarked;
