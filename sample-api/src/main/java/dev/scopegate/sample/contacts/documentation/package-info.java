/** The OpenAPI document of the contacts API and the page that shows it; the API works without. */
@NullMarked
package dev.scopegate.sample.contacts.documentation;

import org.jspecify.annotations.NullMarked;
