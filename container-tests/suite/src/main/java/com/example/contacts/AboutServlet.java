package com.example.contacts;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lists the filters that the container knows in this application, with what each is mapped to. */
public final class AboutServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        for (FilterRegistration filter :
                getServletContext().getFilterRegistrations().values()) {
            Answers.say(response, "filter=" + filter.getClassName() + " " + filter.getUrlPatternMappings());
        }
        Answers.caller(request, response);
    }
}
