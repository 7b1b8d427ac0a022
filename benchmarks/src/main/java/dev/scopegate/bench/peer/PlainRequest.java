package dev.scopegate.bench.peer;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletRequest;

/**
 * A request {@code GET /contacts/7} with a token, about as cheap as a container's: what filters ask of each request is
 * answered from fields, and the rest by a mock that all requests share. Not thread-safe.
 */
public final class PlainRequest extends HttpServletRequestWrapper {

    private static final HttpServletRequest REST = new MockHttpServletRequest("GET", "/contacts/7");
    private static final String PATH = "/contacts/7";

    private final List<String> authorization;
    private final Map<String, Object> attributes = new HashMap<>();

    /** A request with this value of its {@code Authorization} field. */
    public PlainRequest(List<String> authorization) {
        super(REST);
        this.authorization = authorization;
    }

    @Override
    public String getMethod() {
        return "GET";
    }

    @Override
    public String getRequestURI() {
        return PATH;
    }

    @Override
    public String getContextPath() {
        return "";
    }

    @Override
    public String getServletPath() {
        return PATH;
    }

    @Override
    public @Nullable String getPathInfo() {
        return null;
    }

    @Override
    public @Nullable String getQueryString() {
        return null;
    }

    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name.equalsIgnoreCase("Authorization") ? authorization.get(0) : null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return name.equalsIgnoreCase("Authorization")
                ? Collections.enumeration(authorization)
                : Collections.emptyEnumeration();
    }

    @Override
    public @Nullable String getParameter(String name) {
        return null;
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return null;
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        return null;
    }

    @Override
    public boolean isAsyncSupported() {
        return true;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        attributes.put(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }
}
