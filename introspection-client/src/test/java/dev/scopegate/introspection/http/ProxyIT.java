package dev.scopegate.introspection.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through a proxy and what does not; tunnels are {@link TlsIT}'s. */
@Timeout(30)
class ProxyIT {

    @Test
    void get_addressElsewhere_askedOfTheProxy() throws Exception {
        try (RecordingProxy proxy = RecordingProxy.start();
                BoundedHttpClient http =
                        BoundedHttpClient.builder().proxy(proxy.address()).build()) {
            HttpAnswer answer = http.get(URI.create("http://issuer.example.test/keys"), "*/*");

            assertThat(answer.bodyAsUtf8()).isEqualTo("proxied");
            assertThat(proxy.seen())
                    .singleElement()
                    .asString()
                    .startsWith("GET http://issuer.example.test/keys HTTP/1.1\r\n");
        }
    }

    @Test
    void get_addressOnThisMachine_askedDirectly() throws Exception {
        try (RecordingProxy proxy = RecordingProxy.start();
                RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\ndirect");
                BoundedHttpClient http =
                        BoundedHttpClient.builder().proxy(proxy.address()).build()) {
            assertThat(http.get(server.uri("/keys"), "*/*").bodyAsUtf8()).isEqualTo("direct");
            assertThat(proxy.seen()).isEmpty();
        }
    }

    @Test
    void get_proxyRefusesTheTunnel_noSuccess() throws Exception {
        try (RecordingProxy proxy = RecordingProxy.start();
                BoundedHttpClient http =
                        BoundedHttpClient.builder().proxy(proxy.address()).build()) {
            assertThat(status(http, "https://issuer.example.test/keys"))
                    .matches(status -> status < 200 || status > 299);
            assertThat(proxy.seen())
                    .isNotEmpty()
                    .allSatisfy(head -> assertThat(head).startsWith("CONNECT issuer.example.test:443"));
        }
    }

    /** The status, or 0 if there is no answer: the JDK makes one or the other of a refused tunnel. */
    private static int status(BoundedHttpClient http, String address) {
        try {
            return http.get(URI.create(address), "*/*").status();
        } catch (IOException failed) {
            return 0;
        }
    }

    @Test
    void get_proxyDown_failsWithoutGoingAround() throws Exception {
        RecordingProxy proxy = RecordingProxy.start();
        proxy.close();
        try (BoundedHttpClient http =
                BoundedHttpClient.builder().proxy(proxy.address()).build()) {
            assertThatThrownBy(() -> http.get(URI.create("http://issuer.example.test/keys"), "*/*"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no connection to issuer.example.test");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:9000/x",
                "http://LOCALHOST",
                "https://127.0.0.1",
                "http://127.9.9.9",
                "http://[::1]:9000"
            })
    void select_thisMachine_direct(String target) {
        assertThat(new LoopbackDirect(URI.create("http://proxy.example.com:3128")).select(URI.create(target)))
                .containsExactly(Proxy.NO_PROXY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://issuer.example.com",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "http://10.0.0.1",
                "http://[::2]"
            })
    void select_elsewhere_proxy(String target) {
        assertThat(new LoopbackDirect(URI.create("http://proxy.example.com:3128")).select(URI.create(target)))
                .singleElement()
                .satisfies(proxy -> assertThat(proxy.type()).isEqualTo(Proxy.Type.HTTP));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://proxy.example.com:3128",
                "http://proxy.example.com",
                "proxy.example.com:3128",
                "socks://p:1080"
            })
    void proxy_addressThatIsNone_refused(String address) {
        assertThatThrownBy(() -> BoundedHttpClient.builder().proxy(URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
