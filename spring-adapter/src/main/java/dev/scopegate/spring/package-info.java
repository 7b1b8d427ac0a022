/**
 * The Spring Boot starter: binds {@code scopegate.*}, builds the resource server and registers the filter. Decides nothing
 * itself; beans of the application's own take precedence.
 */
@NullMarked
package dev.scopegate.spring;

import org.jspecify.annotations.NullMarked;
