/** Tests of the parts of the authorization server that are ours. */
@NullMarked
package dev.scopegate.sample.authorization;

import org.jspecify.annotations.NullMarked;
