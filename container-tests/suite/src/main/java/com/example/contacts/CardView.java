package com.example.contacts;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A view: no client is meant to ask for it, other servlets forward to it or include it. */
public final class CardView extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answers.say(response, "a visiting card");
        Answers.caller(request, response);
    }
}
