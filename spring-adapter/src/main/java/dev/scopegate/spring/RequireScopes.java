package dev.scopegate.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The scopes that a handler of Spring MVC requires, besides what the rule of its route does. On a class it counts for all handlers
 * of it that have none of their own.
 *
 * <pre>{@code
 * @DeleteMapping("/contacts/{id}")
 * @RequireScopes("delete:contacts")
 * void delete(@PathVariable long id) { … }
 * }</pre>
 *
 * <p>A caller without a token is answered with 401, one without the scopes with 403, as by a rule. It does not let anybody in whom
 * the rules keep out: what no rule names is judged by {@code scopegate.default-access} first.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3.1">RFC 6750 §3.1</a>
 */
@Documented
@Inherited
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface RequireScopes {

    /** Scopes of which a token needs all. */
    String[] value() default {};

    /** Scopes of which a token needs at least one. */
    String[] any() default {};
}
