package dev.scopegate.servlet;

import dev.scopegate.model.RequestSnapshot;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** Step 1: takes from a request what decides, and leaves the rest alone. Reads neither parameters nor the body. */
final class RequestCapture {

    private RequestCapture() {}

    static RequestSnapshot capture(HttpServletRequest request) {
        Enumeration<String> authorization = request.getHeaders("Authorization");
        return new RequestSnapshot(
                request.getMethod(),
                String.valueOf(request.getRequestURI()),
                dispatchedPath(request),
                authorization == null ? List.of() : Collections.list(authorization));
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
}
