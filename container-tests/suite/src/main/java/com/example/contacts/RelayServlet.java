package com.example.contacts;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Hands the request on inside the application, to what its path says: {@code /relay/forward/reports} forwards to
 * {@code /reports}; {@code include} includes it between two lines of its own; {@code include-late} does so when the
 * answer is already on its way.
 */
public final class RelayServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setContentType("text/plain");
        String path = String.valueOf(request.getPathInfo());
        int end = path.indexOf('/', 1);
        String target = end < 0 ? "/" : path.substring(end);
        switch (end < 0 ? path : path.substring(0, end)) {
            case "/forward" -> request.getRequestDispatcher(target).forward(request, response);
            case "/include" -> include(target, request, response);
            case "/include-late" -> {
                response.flushBuffer();
                include(target, request, response);
            }
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private static void include(String target, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Answers.say(response, "before");
        request.getRequestDispatcher(target).include(request, response);
        Answers.say(response, "after");
    }
}
