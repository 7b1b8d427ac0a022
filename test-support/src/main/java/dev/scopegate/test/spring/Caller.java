package dev.scopegate.test.spring;

import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Who sends a request of MockMvc, with a fresh token of the context's {@link TestIssuer} each time. Immutable.
 *
 * @see ScopegateMockMvc#caller
 */
public final class Caller implements RequestPostProcessor {

    private final UnaryOperator<TokenBuilder> token;

    Caller(UnaryOperator<TokenBuilder> token) {
        this.token = token;
    }

    /** The same caller, whose token has these scopes alone: with a space between them, as in {@code read:contacts}. */
    public Caller scope(String scopes) {
        return with(changed -> changed.scope(scopes));
    }

    /** The same caller, whose token has this claim. */
    public Caller claim(String name, Object value) {
        return with(changed -> changed.claim(name, value));
    }

    /** The same caller with any other change of the token, such as {@code token -> token.expiredBy(Duration.ofHours(1))}. */
    public Caller with(UnaryOperator<TokenBuilder> change) {
        return new Caller(before -> change.apply(token.apply(before)));
    }

    /** Presents the token, in place of what the request presented before. */
    @Override
    public MockHttpServletRequest postProcessRequest(MockHttpServletRequest request) {
        return ScopegateMockMvc.present(token.apply(issuer(request).token()).authorization(), request);
    }

    private static TestIssuer issuer(MockHttpServletRequest request) {
        WebApplicationContext context =
                WebApplicationContextUtils.getWebApplicationContext(request.getServletContext());
        ObjectProvider<TestIssuer> issuers = context == null ? null : context.getBeanProvider(TestIssuer.class);
        TestIssuer issuer = issuers == null ? null : issuers.getIfUnique();
        if (issuer == null) {
            throw new IllegalStateException(
                    "the context of this test has no TestIssuer: put @TrustTestIssuer on the test class,"
                            + " or present a token of your own issuer with bearer(token)");
        }
        return issuer;
    }
}
