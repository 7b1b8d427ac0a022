/**
 * How to start Tomcat 11, and the suite run on it: the leaf at which {@code dev.scopegate.container} meets a container.
 * Also the programmatic example of the documentation.
 */
@NullMarked
package dev.scopegate.container.tomcat;

import org.jspecify.annotations.NullMarked;
