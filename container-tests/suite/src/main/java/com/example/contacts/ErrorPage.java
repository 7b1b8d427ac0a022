package com.example.contacts;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The error page of the application. */
public final class ErrorPage extends HttpServlet {

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        Answers.say(response, "sorry: " + request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
        Answers.caller(request, response);
    }
}
