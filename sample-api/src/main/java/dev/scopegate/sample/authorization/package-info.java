/**
 * The authorization server of the sample: Spring Authorization Server with demo users, demo clients and our own login
 * and consent pages.
 *
 * <p>It stands beside the API, not under it: nothing here is used by the {@code contacts} package.
 */
@NullMarked
package dev.scopegate.sample.authorization;

import org.jspecify.annotations.NullMarked;
