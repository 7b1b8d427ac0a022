package dev.scopegate.servlet;

import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.RequestSnapshot.Elsewhere;
import dev.scopegate.model.Surroundings;
import dev.scopegate.model.Transport;
import dev.scopegate.model.Transport.Kind;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Step 1: takes from a request what decides, and leaves the rest alone. Reads parameters, and with them the body, only where
 * a token may stand in a form.
 */
final class RequestCapture {

    private static final String FORM = "application/x-www-form-urlencoded";

    private RequestCapture() {}

    static RequestSnapshot capture(HttpServletRequest request, List<Transport> transports) {
        return new RequestSnapshot(
                request.getMethod(),
                String.valueOf(request.getRequestURI()),
                dispatchedPath(request),
                fields(request, "Authorization"),
                elsewhere(request, transports),
                CorsPreflight.isWellFormed(request));
    }

    /** What shapes an answer, but never a decision. */
    static Surroundings surroundings(HttpServletRequest request) {
        Map<String, List<String>> forwarded = new HashMap<>();
        for (String name : Surroundings.FORWARDED_FIELDS) {
            List<String> values = fields(request, name);
            if (!values.isEmpty()) {
                forwarded.put(name, values);
            }
        }
        return new Surroundings(
                String.join(", ", fields(request, "Accept")),
                request.getContextPath(),
                String.valueOf(request.getRemoteAddr()),
                forwarded);
    }

    /**
     * The path that the container dispatches: its own reading of the request line, so that there is no second one. While a
     * resource is included, the request itself still says the path of the including one.
     */
    private static String dispatchedPath(HttpServletRequest request) {
        if (request.getDispatcherType() == DispatcherType.INCLUDE
                && request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH) instanceof String servletPath) {
            Object pathInfo = request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO);
            return pathInfo instanceof String rest ? servletPath + rest : servletPath;
        }
        String pathInfo = request.getPathInfo();
        return pathInfo == null ? request.getServletPath() : request.getServletPath() + pathInfo;
    }

    private static Elsewhere elsewhere(HttpServletRequest request, List<Transport> transports) {
        if (transports.size() == 1 && transports.get(0).kind() == Kind.HEADER) {
            return Elsewhere.NOWHERE;
        }
        boolean form = false;
        boolean parameters = false;
        List<String> cookies = new ArrayList<>();
        for (Transport transport : transports) {
            form |= transport.kind() == Kind.FORM && isForm(request);
            parameters |= transport.kind() == Kind.FORM || transport.kind() == Kind.QUERY;
            if (transport.kind() == Kind.COOKIE) {
                cookies.addAll(cookies(request, transport.name()));
            }
        }
        String query = parameters ? request.getQueryString() : null;
        String[] values = form ? request.getParameterValues("access_token") : null;
        return new Elsewhere(query == null ? "" : query, values == null ? List.of() : List.of(values), cookies);
    }

    /** RFC 6750 §2.2: one part, of this media type, and not with a method that gives a body no meaning. */
    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        String method = request.getMethod();
        return type != null
                && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(FORM)
                && !method.equals("GET")
                && !method.equals("HEAD");
    }

    private static List<String> cookies(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        List<String> values = new ArrayList<>();
        for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
            if (cookie.getName().equals(name)) {
                values.add(cookie.getValue());
            }
        }
        return values;
    }

    /** The values of all fields of this name, in order; empty if there is none. */
    static List<String> fields(HttpServletRequest request, String name) {
        Enumeration<String> values = request.getHeaders(name);
        if (values == null || !values.hasMoreElements()) {
            return List.of();
        }
        String first = values.nextElement();
        if (!values.hasMoreElements()) {
            return List.of(first);
        }
        List<String> all = Collections.list(values);
        all.add(0, first);
        return all;
    }
}
