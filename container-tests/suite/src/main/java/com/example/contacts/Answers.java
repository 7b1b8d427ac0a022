package com.example.contacts;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;

/** What the servlets of this application say: plain text, one {@code name=value} a line. */
final class Answers {

    private Answers() {}

    /** Says who calls, by the four questions that the servlet API has for it. */
    static void caller(HttpServletRequest request, ServletResponse response) throws IOException {
        say(
                response,
                "principal",
                Optional.ofNullable(request.getUserPrincipal()).map(Principal::getName));
        say(response, "remote-user", Optional.ofNullable(request.getRemoteUser()));
        say(response, "auth-type", Optional.ofNullable(request.getAuthType()));
        say(response, "reads", Optional.of(String.valueOf(request.isUserInRole("read:contacts"))));
        say(response, "deletes", Optional.of(String.valueOf(request.isUserInRole("delete:contacts"))));
        say(response, "dispatch", Optional.of(request.getDispatcherType().name()));
    }

    /** Says one fact; an absent value is written {@code none}. */
    static void say(ServletResponse response, String name, Optional<String> value) throws IOException {
        response.setCharacterEncoding("UTF-8");
        response.getWriter().print(name + "=" + value.orElse("none") + "\n");
    }

    /** Says one line of text. */
    static void say(ServletResponse response, String line) throws IOException {
        response.setCharacterEncoding("UTF-8");
        response.getWriter().print(line + "\n");
    }
}
