/**
 * Step 3: which credentials a request presents. Reads text, decodes nothing, and judges nothing but where it stands and how long it
 * is.
 */
@NullMarked
package dev.scopegate.extract;

import org.jspecify.annotations.NullMarked;
