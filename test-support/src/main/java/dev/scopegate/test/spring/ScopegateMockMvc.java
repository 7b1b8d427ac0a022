package dev.scopegate.test.spring;

import dev.scopegate.test.TokenBuilder;
import dev.scopegate.test.matrix.ApiAnswer;
import dev.scopegate.test.matrix.ApiRequest;
import dev.scopegate.test.matrix.TestedApi;
import java.lang.reflect.AnnotatedElement;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.method.HandlerMethod;

/**
 * Scopegate in tests with MockMvc, or with MockMvcTester, which takes the same:
 *
 * <pre>{@code
 * mvc.perform(get("/contacts").with(caller("alice").scope("read:contacts"))).andExpect(status().isOk());
 * mvc.perform(get("/contacts").with(bearer(issuer.token().expiredBy(HOUR)))).andExpect(status().isUnauthorized());
 * each.judge(api(mvc), issuer);
 * }</pre>
 *
 * <p>Sets nothing but the {@code Authorization} field. What becomes of it is up to the application's filter, which has to be in front of
 * MockMvc: Spring Boot puts it there.
 */
public final class ScopegateMockMvc {

    private static final String REQUIRE_SCOPES = "dev.scopegate.spring.RequireScopes";

    private ScopegateMockMvc() {}

    /**
     * A caller with a good token and no scope. Needs {@link TrustTestIssuer}.
     *
     * @param subject such as {@code alice}
     */
    public static Caller caller(String subject) {
        return new Caller(token -> token.subject(subject));
    }

    /** Presents a token, signed when the request is made. */
    public static RequestPostProcessor bearer(TokenBuilder token) {
        return request -> present(token.authorization(), request);
    }

    /** Presents any text as a token, such as an opaque one. */
    public static RequestPostProcessor bearer(String token) {
        return request -> present("Bearer " + token, request);
    }

    static MockHttpServletRequest present(String authorization, MockHttpServletRequest request) {
        request.removeHeader("Authorization");
        request.addHeader("Authorization", authorization);
        return request;
    }

    /**
     * The application behind {@code mvc}, for the hostile matrix. Whether a handler ran is known from the handler that was found; of one
     * with {@code @RequireScopes}, which is asked for more after it was found, from the status.
     */
    public static TestedApi api(MockMvc mvc) {
        return sent -> answer(mvc.perform(request(sent)).andReturn());
    }

    private static MockHttpServletRequestBuilder request(ApiRequest sent) {
        MockHttpServletRequestBuilder request = MockMvcRequestBuilders.request(
                HttpMethod.valueOf(sent.method()), URI.create("http://localhost" + sent.target()));
        sent.fields().forEach(field -> request.header(field.name(), field.value()));
        return request;
    }

    private static ApiAnswer answer(MvcResult result) {
        MockHttpServletResponse response = result.getResponse();
        Map<String, List<String>> fields =
                response.getHeaderNames().stream().collect(Collectors.toMap(name -> name, response::getHeaders));
        Object handler = result.getHandler();
        return handler == null || asksForMore(handler)
                ? ApiAnswer.of(response.getStatus(), fields)
                : new ApiAnswer(response.getStatus(), fields, true);
    }

    private static boolean asksForMore(Object handler) {
        return handler instanceof HandlerMethod method
                && (asksForMore(method.getMethod()) || asksForMore(method.getBeanType()));
    }

    private static boolean asksForMore(AnnotatedElement element) {
        return MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY).isPresent(REQUIRE_SCOPES);
    }
}
