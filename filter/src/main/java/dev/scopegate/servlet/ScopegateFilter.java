package dev.scopegate.servlet;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.ConfigSource;
import dev.scopegate.model.Answer;
import dev.scopegate.model.Conclusion;
import dev.scopegate.model.ValidatedToken;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets only requests pass that carry a valid access token with what their route requires; the others are answered here.
 * Behind it, {@code request.getUserPrincipal()} is the {@link ValidatedToken}.
 *
 * <p>Made by a container, it reads its configuration when it is initialised: see {@link ConfigLocation}. A configuration
 * with mistakes keeps the application from starting.
 *
 * <p>Map it to {@code /*} and to all dispatcher types, before all other filters that act on a caller. A request is judged
 * once: ASYNC and ERROR dispatches keep the decision; a FORWARD or INCLUDE target with a rule of its own is held to that
 * rule with the same credentials, and one without a rule inherits the decision.
 *
 * <p>Safe for concurrent use, as a filter has to be.
 */
public final class ScopegateFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(ScopegateFilter.class);

    private final AtomicBoolean asyncLooked = new AtomicBoolean();
    private @Nullable ResourceServer server;
    private boolean owned;

    /**
     * Where a request says what is known of it. A filter registered twice finds it and judges once; a filter in front of
     * another server does not find it, and judges for itself.
     */
    private String attribute = "";

    /** A filter that a container initialises. */
    public ScopegateFilter() {}

    /**
     * A filter in front of {@code server}.
     *
     * @param server stays the caller's: it is not closed with the filter
     */
    public ScopegateFilter(ResourceServer server) {
        this.server = server;
        this.attribute = attribute(server);
    }

    @Override
    public void init(FilterConfig filterConfig) {
        RegistrationCheck.warnings(filterConfig.getServletContext()).forEach(warning -> LOG.warn(warning));
        if (server == null) {
            ConfigSource source = ConfigLocation.find(
                    filterConfig.getServletContext(), Optional.ofNullable(filterConfig.getInitParameter("config")));
            server = ResourceServer.builder(source).build();
            attribute = attribute(server);
            owned = true;
        }
    }

    private static String attribute(ResourceServer server) {
        return ScopegateFilter.class.getName() + "@" + System.identityHashCode(server);
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        if (!(servletRequest instanceof HttpServletRequest request)
                || !(servletResponse instanceof HttpServletResponse response)) {
            throw new ServletException("only HTTP requests can be judged");
        }
        Object known = request.getAttribute(attribute);
        DispatcherType dispatch = request.getDispatcherType();
        if (!(known instanceof Judged judged)) {
            judgeFirst(request, response, chain, dispatch);
        } else if (dispatch == DispatcherType.FORWARD || dispatch == DispatcherType.INCLUDE) {
            judgeInner(request, response, chain, judged);
        } else {
            // ASYNC and ERROR arrive with the container's own request, so the identity has to be put on again.
            chain.doFilter(AuthenticatedRequest.of(request, judged.identity()), response);
        }
    }

    private void judgeFirst(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, DispatcherType dispatch)
            throws IOException, ServletException {
        if (dispatch == DispatcherType.ERROR) {
            // The container refused the request before it came here. Its error page, which no client can choose, stays
            // one.
            chain.doFilter(request, response);
            return;
        }
        ResourceServer judge = server();
        if (!asyncLooked.get() && asyncLooked.compareAndSet(false, true) && !request.isAsyncSupported()) {
            LOG.warn(
                    "The filter, or one before it, is not 'async-supported': asynchronous servlets behind it will fail");
        }
        Conclusion conclusion = judge.judge(
                RequestCapture.capture(request, judge.transports()), () -> RequestCapture.surroundings(request));
        if (conclusion instanceof Conclusion.Passed passed) {
            for (Answer.Header header : passed.headers()) {
                response.setHeader(header.name(), header.value());
            }
            request.setAttribute(attribute, new Judged(passed.identity(), passed.identity(), response));
            chain.doFilter(AuthenticatedRequest.of(request, passed.identity()), response);
        } else if (conclusion instanceof Conclusion.Answered answered) {
            AnswerWriter.write(answered.answer(), response);
        }
    }

    private void judgeInner(HttpServletRequest request, HttpServletResponse response, FilterChain chain, Judged judged)
            throws IOException, ServletException {
        ResourceServer judge = server();
        Optional<Conclusion> conclusion = judge.judgeInner(
                RequestCapture.capture(request, judge.transports()),
                judged.known(),
                () -> RequestCapture.surroundings(request));
        if (conclusion.isEmpty()) {
            chain.doFilter(request, response);
        } else if (conclusion.get() instanceof Conclusion.Answered answered) {
            // An included target cannot set status or headers, so the refusal goes to the response of the request
            // itself.
            AnswerWriter.writeAndClose(answered.answer(), judged.response());
        } else if (conclusion.get() instanceof Conclusion.Passed passed) {
            request.setAttribute(attribute, judged.knowing(passed.identity()));
            chain.doFilter(AuthenticatedRequest.of(request, passed.identity()), response);
        }
    }

    private ResourceServer server() throws ServletException {
        if (server == null) {
            throw new ServletException("the filter was not initialised");
        }
        return server;
    }

    @Override
    public void destroy() {
        if (owned && server != null) {
            server.close();
        }
    }

    /**
     * What is known of a request that was let through.
     *
     * @param identity the caller that the request was let through as
     * @param known the token, if it was validated at any time
     * @param response the response of the request itself, below all wrappers of inner dispatches
     */
    private record Judged(
            Optional<ValidatedToken> identity, Optional<ValidatedToken> known, HttpServletResponse response) {

        Judged knowing(Optional<ValidatedToken> token) {
            return token.isPresent() ? new Judged(identity, token, response) : this;
        }
    }
}
