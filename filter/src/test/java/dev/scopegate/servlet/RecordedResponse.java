package dev.scopegate.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is written to a response, as the client would see it, and the calls by which it was. */
final class RecordedResponse {

    private final boolean committed;
    private final List<String> calls = new ArrayList<>();
    private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
            RecordedResponse.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, method, arguments) -> called(method, arguments == null ? new Object[0] : arguments));
    private int status = 200;

    RecordedResponse(boolean committed) {
        this.committed = committed;
    }

    HttpServletResponse response() {
        return response;
    }

    List<String> calls() {
        return calls;
    }

    int status() {
        return status;
    }

    /** The values of a field; empty if it was not sent. */
    List<String> values(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** The only value of a field. */
    String value(String name) {
        if (values(name).size() != 1) {
            throw new AssertionError(name + " has the values " + values(name));
        }
        return values(name).get(0);
    }

    String body() {
        return sent.toString(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return status + " " + fields + "\n" + body();
    }

    private Object called(Method method, Object[] arguments) {
        calls.add(method.getName() + Arrays.toString(arguments));
        switch (method.getName()) {
            case "setStatus" -> status = (int) arguments[0];
            case "setContentType" -> fields.put("Content-Type", List.of((String) arguments[0]));
            case "setHeader" -> fields.put((String) arguments[0], new ArrayList<>(List.of((String) arguments[1])));
            case "addHeader" -> fields.get((String) arguments[0]).add((String) arguments[1]);
            default -> {
                return method.getName().equals("getOutputStream") ? new Body() : committed;
            }
        }
        return committed;
    }

    /** Keeps what is written. */
    private final class Body extends ServletOutputStream {
        @Override
        public void write(int octet) {
            sent.write(octet);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}
    }
}
