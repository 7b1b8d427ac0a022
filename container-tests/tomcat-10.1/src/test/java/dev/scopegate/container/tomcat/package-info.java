/** How to start Tomcat 10.1, and the suite run on it: the leaf at which {@code dev.scopegate.container} meets a container. */
@NullMarked
package dev.scopegate.container.tomcat;

import org.jspecify.annotations.NullMarked;
