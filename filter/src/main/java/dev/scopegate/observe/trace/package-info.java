/**
 * What traces say of requests and of calls to issuers, by Micrometer's Observation. Part of step 8; knows nothing of meters and
 * logs.
 */
@NullMarked
package dev.scopegate.observe.trace;

import org.jspecify.annotations.NullMarked;
