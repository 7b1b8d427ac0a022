package dev.scopegate.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The clauses of specifications that a test pins, as in {@code @Requirement("RFC6750 §3.1")}.
 *
 * <p>A table of requirements that is kept beside the tests drifts away from them; an annotation moves with its test, and
 * can be counted. It helps only while it is true, so it is not put on
 *
 * <ol>
 *   <li>a test of behaviour that departs from the clause;
 *   <li>a test whose citation nobody has checked against the text: the section is looked up, never guessed;
 *   <li>a test of a default of our own, as if the specification asked for it.
 * </ol>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Requirement {

    /** Ids of clauses: the document's number, a space, and the section, as in {@code RFC7662 §2.2}. */
    String[] value();
}
