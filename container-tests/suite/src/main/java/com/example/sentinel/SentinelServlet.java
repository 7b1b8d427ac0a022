package com.example.sentinel;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Logs that it was entered, whatever the method: its own name and the path that the container dispatched, as the two
 * parameters of a log record. The log is the one thing that a test shares with a web application.
 */
public final class SentinelServlet extends HttpServlet {

    /** The name of the logger. */
    public static final String LOGGER = "com.example.sentinel";

    private static final Logger LOG = Logger.getLogger(LOGGER);

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
        LOG.log(Level.INFO, "entered", new Object[] {getServletName(), path});
        response.setContentType("text/plain");
        response.getWriter().print("entered");
    }
}
