/**
 * Step 3: which credentials a request presents. Reads text, decodes nothing, and judges nothing but the form.
 */
@NullMarked
package dev.scopegate.extract;

import org.jspecify.annotations.NullMarked;
