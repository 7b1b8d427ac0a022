package com.example.contacts;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Answers later and from another thread, in each of the ways that the servlet API has: {@code /dispatch} and
 * {@code /dispatch-wrapped} come back through the container, {@code /stream} does so when half the answer is already on
 * its way, {@code /complete} finishes in the other thread, {@code /fail} comes back and throws.
 */
public final class AsyncServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            comeBack(request, response);
        } else {
            goAway(request, response);
        }
    }

    private static void goAway(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (String.valueOf(request.getPathInfo())) {
            case "/dispatch", "/fail" -> dispatchLater(request.startAsync());
            case "/dispatch-wrapped" -> dispatchLater(request.startAsync(request, response));
            case "/complete" -> completeLater(request.startAsync(request, response), request, response);
            case "/stream" -> {
                Answers.say(response, "first half");
                response.flushBuffer();
                dispatchLater(request.startAsync(request, response));
            }
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private static void comeBack(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if ("/fail".equals(request.getPathInfo())) {
            throw new IllegalStateException("lost on the way back");
        }
        Answers.caller(request, response);
        Answers.say(response, "second half");
    }

    private static void dispatchLater(AsyncContext context) {
        new Thread(context::dispatch, "answers-later").start();
    }

    private static void completeLater(AsyncContext context, HttpServletRequest request, HttpServletResponse response) {
        new Thread(() -> finish(context, request, response), "answers-later").start();
    }

    private static void finish(AsyncContext context, HttpServletRequest request, HttpServletResponse response) {
        try {
            Answers.caller(request, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            context.complete();
        }
    }
}
