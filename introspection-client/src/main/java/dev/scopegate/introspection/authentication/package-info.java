/**
 * How the resource server says who it is, where it asks about tokens. Each way adds something to a request: header fields,
 * parameters of the form, or nothing but a certificate that was shown before.
 */
@NullMarked
package dev.scopegate.introspection.authentication;

import org.jspecify.annotations.NullMarked;
