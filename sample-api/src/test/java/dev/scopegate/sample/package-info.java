/** Tests of the sample against the real thing: both servers on free loopback ports, asked over HTTP. */
@NullMarked
package dev.scopegate.sample;

import org.jspecify.annotations.NullMarked;
