/** JSON of strangers, read strictly: one reader for everything that an authorization server or a token says. */
@NullMarked
package dev.scopegate.introspection.json;

import org.jspecify.annotations.NullMarked;
