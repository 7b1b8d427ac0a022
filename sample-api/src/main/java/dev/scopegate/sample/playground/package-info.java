/**
 * The playground of the sample: one page, served beside the contacts API, on which both servers can be tried out and broken.
 *
 * <p>It can stop the authorization server and rotate its keys, so it is for a demo on one's own machine. {@code PlaygroundGate}
 * stands in front of it; {@code Break} is the closed list of what can be broken.
 */
@NullMarked
package dev.scopegate.sample.playground;

import org.jspecify.annotations.NullMarked;
