/**
 * The contacts API of the sample: an ordinary Spring MVC application over a database.
 *
 * <p>No class in here knows OAuth. What a request needs is written in {@code application.yaml} under {@code scopegate}.
 */
@NullMarked
package dev.scopegate.sample.contacts;

import org.jspecify.annotations.NullMarked;
