/**
 * For tests of Spring applications, and for nothing else: an application that trusts a {@link dev.scopegate.test.TestIssuer}, callers
 * for MockMvc and WebTestClient, and both as ways to send the hostile matrix. Needs {@code spring-test}, which Spring Boot's tests
 * have; works with Spring 6.2 and 7.
 *
 * <pre>
 * TrustTestIssuer (an annotation) ──▶ TestIssuer, a bean ──▶ Caller ──▶ a request with a real token ──▶ the application's own filter
 * </pre>
 *
 * <p>No caller is pretended here: each has a token that the filter judges, as it judges those of production.
 */
@NullMarked
package dev.scopegate.test.spring;

import org.jspecify.annotations.NullMarked;
