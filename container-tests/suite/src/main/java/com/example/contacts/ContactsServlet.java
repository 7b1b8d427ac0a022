package com.example.contacts;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** The contacts: listed and read, added, deleted. The list begins with who asked. */
public final class ContactsServlet extends HttpServlet {

    private static final Map<String, String> CONTACTS = Map.of("/1", "Ada Lovelace", "/2", "Grace Hopper");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        String path = request.getPathInfo();
        if (path == null) {
            Answers.caller(request, response);
            Answers.say(response, String.join(", ", CONTACTS.values()));
        } else if (CONTACTS.containsKey(path)) {
            Answers.say(response, CONTACTS.get(path));
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_CREATED);
        response.setContentType("text/plain");
        Answers.say(response, "added");
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
