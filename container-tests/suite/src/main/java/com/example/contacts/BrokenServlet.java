package com.example.contacts;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Fails in each of the ways that a servlet can: throws, throws when half the answer is gone, sends an error. */
public final class BrokenServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setContentType("text/plain");
        switch (String.valueOf(request.getPathInfo())) {
            case "/checked" -> throw new ServletException("broken on purpose");
            case "/late" -> {
                Answers.say(response, "half an answer");
                response.flushBuffer();
                throw new IllegalStateException("broken on purpose");
            }
            case "/forbidden" -> response.sendError(HttpServletResponse.SC_FORBIDDEN);
            default -> throw new IllegalStateException("broken on purpose");
        }
    }
}
