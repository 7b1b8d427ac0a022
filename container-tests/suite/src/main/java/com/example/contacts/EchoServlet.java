package com.example.contacts;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;

/** Says what arrived: {@code /stream} the octets of the body, {@code /parameters} the parameter {@code note}. */
public final class EchoServlet extends HttpServlet {

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        Answers.caller(request, response);
        if ("/stream".equals(request.getPathInfo())) {
            byte[] body = request.getInputStream().readAllBytes();
            Answers.say(response, "body", Optional.of(HexFormat.of().formatHex(body)));
        } else {
            Answers.say(response, "note", Optional.ofNullable(request.getParameter("note")));
        }
    }
}
