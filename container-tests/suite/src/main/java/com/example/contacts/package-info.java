/**
 * The web application under test: plain servlets that know of no token, no scope and no Scopegate.
 *
 * <p>The containers load it from {@code WEB-INF/classes}; {@code dev.scopegate.container} puts it there together with
 * the {@code web.xml} of the same application. Every answer is text, one fact a line, so that a test reads it as a
 * person would.
 */
@NullMarked
package com.example.contacts;

import org.jspecify.annotations.NullMarked;
