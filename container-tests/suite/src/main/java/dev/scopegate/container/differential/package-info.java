/**
 * The differential path test: some hundred request lines that two readers may understand differently, sent to an
 * application of sentinels. Whatever a container makes of a line, no servlet may be entered that the caller's token is not
 * for.
 *
 * <pre>
 * RequestLines (the table) ─Client─▶ container ─▶ filter ─▶ SentinelServlet ─▶ Journal ─▶ Area: was that allowed?
 * </pre>
 */
@NullMarked
package dev.scopegate.container.differential;

import org.jspecify.annotations.NullMarked;
