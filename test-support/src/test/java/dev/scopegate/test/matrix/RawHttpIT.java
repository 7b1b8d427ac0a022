package dev.scopegate.test.matrix;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.scopegate.test.matrix.ApiRequest.Field;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That a request arrives as it is, and what is read of an answer. */
class RawHttpIT {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance().build();

    private static final ApiRequest PLAIN = new ApiRequest("GET", "/contacts", List.of());

    /** What arrives at a listener that answers {@code answer}, whatever it is. */
    private static String arriving(String path, ApiRequest request, String answer) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> head = CompletableFuture.supplyAsync(() -> serve(listener, answer));
            TestedApi.http(URI.create("http://localhost:" + listener.getLocalPort() + path))
                    .send(request);
            return head.get().replace(":" + listener.getLocalPort(), ":PORT");
        }
    }

    private static String serve(ServerSocket listener, String answer) {
        try (Socket connection = listener.accept()) {
            InputStream stream = connection.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) stream.read());
            }
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            return head.toString();
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/app"})
    void send_targetAndFields_arriveLetterByLetter(String path) throws Exception {
        ApiRequest request = new ApiRequest(
                "GET",
                "//x/%2e%2e/contacts;v=1%00?a=b",
                List.of(new Field("Authorization", "Bearer a"), new Field("Authorization", "bearer \"b\"")));

        assertThat(arriving(path, request, "HTTP/1.1 200 OK\r\n\r\n"))
                .isEqualTo("GET " + (path.equals("/app") ? "/app" : "") + "//x/%2e%2e/contacts;v=1%00?a=b HTTP/1.1\r\n"
                        + "Host: localhost:PORT\r\nConnection: close\r\n"
                        + "Authorization: Bearer a\r\nAuthorization: bearer \"b\"\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SSH-2.0-x\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\r\n"})
    void send_noAnswerOfHttp_thrown(String answer) {
        assertThatThrownBy(() -> arriving("", PLAIN, answer)).isInstanceOf(IOException.class);
    }

    @Test
    void send_answer_statusAndAllFields() throws Exception {
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(401)
                        .withHeader("WWW-Authenticate", "Bearer realm=\"a: b\"", "DPoP")
                        .withBody("not read")));

        ApiAnswer answer = TestedApi.http(URI.create(SERVER.baseUrl())).send(PLAIN);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.field("www-authenticate")).containsExactly("Bearer realm=\"a: b\"", "DPoP");
        assertThat(answer.handled()).isFalse();
    }

    @Test
    void send_connectionThatBreaks_thrown() {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        assertThatThrownBy(() -> TestedApi.http(URI.create(SERVER.baseUrl())).send(PLAIN))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void countedBy_statusOfAnError_handledIfTheCountRose(long runs) throws Exception {
        AtomicLong count = new AtomicLong(7);
        TestedApi api = request -> {
            count.addAndGet(runs);
            return new ApiAnswer(403, Map.of(), false);
        };

        assertThat(api.countedBy(count::get).send(PLAIN).handled()).isEqualTo(runs > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://localhost", "localhost:8080", "/contacts", "http:contacts"})
    void http_otherThanPlainHttp_refused(String address) {
        assertThatThrownBy(() -> TestedApi.http(URI.create(address))).isInstanceOf(IllegalArgumentException.class);
    }
}
