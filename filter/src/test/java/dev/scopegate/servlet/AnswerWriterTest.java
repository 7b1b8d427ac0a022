package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.model.Answer;
import dev.scopegate.model.Answer.Header;
import dev.scopegate.test.Requirement;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerWriterTest {

    private final List<String> calls = new ArrayList<>();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    @Test
    void write_answer_statusFieldsTypeLengthAndBody() throws IOException {
        Answer answer = new Answer(
                401, List.of(new Header("A", "1"), new Header("B", "2"), new Header("A", "3")), "text/plain", "é");

        AnswerWriter.write(answer, response(false));

        assertThat(calls)
                .containsSubsequence(
                        "resetBuffer[]",
                        "setStatus[401]",
                        "setHeader[A, 1]",
                        "setHeader[B, 2]",
                        "addHeader[A, 3]",
                        "setContentType[text/plain]",
                        "setContentLength[2]");
        assertThat(sent.toString(StandardCharsets.UTF_8)).isEqualTo("é");
    }

    @Test
    @Requirement("RFC9110 §8.6")
    void write_noContent_neitherTypeNorLength() throws IOException {
        AnswerWriter.write(new Answer(204, List.of(new Header("A", "1")), "text/plain", ""), response(false));

        assertThat(calls)
                .contains("setStatus[204]", "setHeader[A, 1]")
                .noneMatch(call -> call.startsWith("setContent"));
        assertThat(sent.size()).isZero();
    }

    @Test
    void write_committedResponse_leftAlone() throws IOException {
        AnswerWriter.write(new Answer(401, List.of(), "text/plain", "no"), response(true));

        assertThat(calls).containsOnly("isCommitted[]");
        assertThat(sent.size()).isZero();
    }

    /** A response that notes what is done to it. */
    private HttpServletResponse response(boolean committed) {
        ServletOutputStream stream = new ServletOutputStream() {
            @Override
            public void write(int octet) {
                sent.write(octet);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {}
        };
        return (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName() + (arguments == null ? "[]" : Arrays.toString(arguments)));
                    return switch (method.getName()) {
                        case "isCommitted" -> committed;
                        case "getOutputStream" -> stream;
                        default -> null;
                    };
                });
    }
}
