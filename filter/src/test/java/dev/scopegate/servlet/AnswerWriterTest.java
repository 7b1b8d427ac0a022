package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.model.Answer;
import dev.scopegate.model.Answer.Header;
import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerWriterTest {

    @Test
    void write_answer_statusFieldsTypeLengthAndBody() throws IOException {
        RecordedResponse recorded = new RecordedResponse(false);
        Answer answer = new Answer(
                401, List.of(new Header("A", "1"), new Header("B", "2"), new Header("A", "3")), "text/plain", "é");

        AnswerWriter.write(answer, recorded.response());

        assertThat(recorded.status()).isEqualTo(401);
        assertThat(recorded.values("A")).containsExactly("1", "3");
        assertThat(recorded.values("B")).containsExactly("2");
        assertThat(recorded.value("Content-Type")).isEqualTo("text/plain");
        assertThat(recorded.body()).isEqualTo("é");
        assertThat(recorded.calls()).containsSubsequence("resetBuffer[]", "setStatus[401]", "setContentLength[2]");
    }

    @Test
    @Requirement("RFC9110 §8.6")
    void write_noContent_neitherTypeNorLength() throws IOException {
        RecordedResponse recorded = new RecordedResponse(false);

        AnswerWriter.write(new Answer(204, List.of(new Header("A", "1")), "text/plain", ""), recorded.response());

        assertThat(recorded.status()).isEqualTo(204);
        assertThat(recorded.value("A")).isEqualTo("1");
        assertThat(recorded.calls()).noneMatch(call -> call.startsWith("setContent"));
        assertThat(recorded.body()).isEmpty();
    }

    @Test
    void write_committedResponse_leftAlone() throws IOException {
        RecordedResponse recorded = new RecordedResponse(true);

        AnswerWriter.write(new Answer(401, List.of(), "text/plain", "no"), recorded.response());

        assertThat(recorded.calls()).containsOnly("isCommitted[]");
        assertThat(recorded.body()).isEmpty();
    }
}
