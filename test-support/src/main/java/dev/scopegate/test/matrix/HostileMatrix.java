package dev.scopegate.test.matrix;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test once for each case of the matrix, which the test gets as its parameter and judges by the API that it tests:
 *
 * <pre>{@code
 * @HostileMatrix(route = "GET /contacts", scopes = "read:contacts")
 * void contacts_hostileRequest_answeredAsItHasToBe(HostileCase each) throws Exception {
 *     each.judge(TestedApi.http(URI.create("http://localhost:8080")), ISSUER);
 * }
 * }</pre>
 *
 * <p>The API under test has to trust the {@link dev.scopegate.test.TestIssuer}, to accept JWTs from the {@code Authorization} field
 * alone, and to have fetched the issuer's keys by the time of the last cases, which it has if the first ones passed.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(HostileMatrixExtension.class)
public @interface HostileMatrix {

    /** Method and path of a route that exists and changes nothing, such as {@code GET /contacts}. */
    String route();

    /** The scopes that the route requires, with a space between them; none: a valid token is enough. */
    String scopes() default "";

    /** Whom tokens have to be for; default: the {@link dev.scopegate.test.TestIssuer#audience} of the issuer. */
    String audience() default "";
}
