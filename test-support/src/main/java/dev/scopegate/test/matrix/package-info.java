/**
 * The hostile matrix: bad tokens, bad presentations and outages, each sent to an API with its own rules, and what has to be
 * answered. Together with a few good requests, since an API that refuses everything is no safer, only useless.
 *
 * <pre>
 * HostileMatrix (an annotation) or HostileCases ──▶ HostileCase ──▶ ApiRequest ──▶ TestedApi ──▶ ApiAnswer ──▶ Expected
 * </pre>
 */
@NullMarked
package dev.scopegate.test.matrix;

import org.jspecify.annotations.NullMarked;
