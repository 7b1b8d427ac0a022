/** The whole over HTTP: Tomcat in a JVM of its own for each filter chain, and the load for all of them from this one. */
@NullMarked
package dev.scopegate.bench.http;

import org.jspecify.annotations.NullMarked;
