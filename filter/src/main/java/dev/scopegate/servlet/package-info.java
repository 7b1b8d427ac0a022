/**
 * Steps 1 and 10: the servlet container's side. Captures what decides, and passes a request on or writes the answer. The
 * only room that knows {@code jakarta.servlet}.
 */
@NullMarked
package dev.scopegate.servlet;

import org.jspecify.annotations.NullMarked;
