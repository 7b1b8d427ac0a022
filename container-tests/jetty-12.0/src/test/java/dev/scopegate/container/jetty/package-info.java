/** How to start Jetty 12.0, and the suite run on it: the leaf at which {@code dev.scopegate.container} meets a container. */
@NullMarked
package dev.scopegate.container.jetty;

import org.jspecify.annotations.NullMarked;
