/** One application with the starter, over HTTP, in each tested version of Spring Boot. */
@NullMarked
package dev.scopegate.boot;

import org.jspecify.annotations.NullMarked;
