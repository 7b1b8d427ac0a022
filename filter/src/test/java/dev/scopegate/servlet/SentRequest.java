package dev.scopegate.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request as a container hands it on. Its {@code Host} is a lie, in whatever way it is asked for. */
final class SentRequest {

    private final String method;
    private final String path;
    private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private String contextPath = "";
    private String peer = "192.0.2.1";

    SentRequest(String method, String path) {
        this.method = method;
        this.path = path;
        with("Host", "evil.example");
    }

    SentRequest with(String name, String value) {
        fields.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
        return this;
    }

    SentRequest below(String context) {
        contextPath = context;
        return this;
    }

    SentRequest from(String address) {
        peer = address;
        return this;
    }

    HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                SentRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, asked, arguments) -> switch (asked.getName()) {
                    case "getMethod" -> method;
                    case "getRequestURI" -> contextPath + path;
                    case "getServletPath" -> path;
                    case "getContextPath" -> contextPath;
                    case "getRemoteAddr" -> peer;
                    case "getServerName" -> "evil.example";
                    case "getScheme" -> "http";
                    case "isAsyncSupported" -> true;
                    case "getDispatcherType" -> DispatcherType.REQUEST;
                    case "getContentLengthLong" -> -1L;
                    case "getHeaders" -> Collections.enumeration(fields.getOrDefault((String) arguments[0], List.of()));
                    case "getAttribute", "setAttribute", "getPathInfo", "getContentType", "getQueryString" -> null;
                    default -> throw new UnsupportedOperationException(asked.getName());
                });
    }
}
