/**
 * Scopegate: the assembly. {@link dev.scopegate.ResourceServer} alone knows the order of the steps:
 *
 * <pre>
 *  1 capture    servlet    HttpServletRequest → RequestSnapshot
 *  2 match      route      snapshot → RouteRequirement
 *  3 extract    extract    snapshot → Credentials
 *  4 classify   validate   access token → JWT shape or opaque, and which issuer
 *  5 validate   validate   token → Validation
 *  6 confirm    confirm    does the presenter hold the bound key
 *  7 authorize  route      requirement × token → Decision
 *  8 observe    observe    decision → meters, log
 *  9 challenge  challenge  refusal × requirement → Answer
 * 10 respond    servlet    pass the request on, or write the answer
 * </pre>
 *
 * <p>A step reads what the step before it made, and never another step.
 */
@NullMarked
package dev.scopegate;

import org.jspecify.annotations.NullMarked;
