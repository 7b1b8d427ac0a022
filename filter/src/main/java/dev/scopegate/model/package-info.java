/**
 * The vocabulary: what travels from one step to the next. Depends on the JDK alone; every room may read it, none may edit
 * what it was given.
 *
 * <pre>
 * RequestSnapshot → RouteRequirement → Credentials → Validation → Decision → Conclusion
 *     capture            match           extract      validate    authorize   challenge
 * </pre>
 */
@NullMarked
package dev.scopegate.model;

import org.jspecify.annotations.NullMarked;
