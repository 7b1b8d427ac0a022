package dev.scopegate.bench.peer;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletResponse;

/** A response that keeps its status and fields, and shares the rest. Not thread-safe. */
public final class PlainResponse extends HttpServletResponseWrapper {

    private static final HttpServletResponse REST = new MockHttpServletResponse();

    private final Map<String, String> fields = new HashMap<>();
    private int status = 200;

    /** A response with status 200. */
    public PlainResponse() {
        super(REST);
    }

    @Override
    public void setStatus(int code) {
        status = code;
    }

    @Override
    public void sendError(int code) {
        status = code;
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public boolean isCommitted() {
        return false;
    }

    @Override
    public void setHeader(String name, String value) {
        fields.put(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        fields.merge(name, value, (before, more) -> before + ", " + more);
    }

    @Override
    public boolean containsHeader(String name) {
        return fields.containsKey(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return fields.get(name);
    }
}
