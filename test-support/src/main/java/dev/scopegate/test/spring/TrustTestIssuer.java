package dev.scopegate.test.spring;

import dev.scopegate.test.TestIssuer;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets the Spring Boot application of a test trust a {@link TestIssuer}, which is a bean of the test's context and ends with it:
 *
 * <pre>{@code
 * @SpringBootTest
 * @AutoConfigureMockMvc
 * @TrustTestIssuer
 * class ContactsTest {
 *     @Autowired MockMvc mvc;
 *     @Autowired TestIssuer issuer;
 * }
 * }</pre>
 *
 * <p>So it is with {@code @WebMvcTest}. The rules stay the application's own. Of {@code scopegate.issuers} the first is moved to the test
 * issuer with all that it asks of tokens ({@code audiences}, {@code profile}, {@code algorithms}, {@code required-claims} …); where its
 * keys and its introspection endpoint are, and our credentials there, are those of the test issuer. Further issuers are left out: they
 * are not on loopback. Tokens are for the first of its {@code audiences}, or for {@code scopegate.resource}; what else the application
 * asks of each token is said by {@link TestIssuer#everyToken}.
 *
 * <p>Does not touch an application that makes its {@code ResourceServer} itself. Test classes that share a context share its issuer.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface TrustTestIssuer {}
