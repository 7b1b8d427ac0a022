package dev.scopegate.servlet;

import dev.scopegate.model.Answer;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Step 10: writes an answer. Never writes to a response that is committed: its reader would take it for content. */
final class AnswerWriter {

    private AnswerWriter() {}

    static void write(Answer answer, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(answer.status());
        Set<String> names = new HashSet<>();
        for (Answer.Header header : answer.headers()) {
            if (names.add(header.name())) {
                response.setHeader(header.name(), header.value());
            } else {
                response.addHeader(header.name(), header.value());
            }
        }
        if (answer.status() == 204) {
            // RFC 9110 §8.6: not even the length of a body that is not there.
            return;
        }
        response.setContentType(answer.contentType());
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        writeBody(answer.body(), body, response);
    }

    /** Writes an answer and ends the response, so that whoever goes on writing to it writes nothing. */
    static void writeAndClose(Answer answer, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        write(answer, response);
        response.flushBuffer();
        try {
            response.getOutputStream().close();
        } catch (IllegalStateException writerInUse) {
            response.getWriter().close();
        }
    }

    /** By the stream, or by the writer where the application has asked for that already. */
    private static void writeBody(String text, byte[] body, HttpServletResponse response) throws IOException {
        try {
            ServletOutputStream stream = response.getOutputStream();
            stream.write(body);
        } catch (IllegalStateException writerInUse) {
            PrintWriter writer = response.getWriter();
            writer.write(text);
        }
    }
}
