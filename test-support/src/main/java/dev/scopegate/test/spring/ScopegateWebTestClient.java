package dev.scopegate.test.spring;

import dev.scopegate.test.TokenBuilder;
import dev.scopegate.test.matrix.ApiAnswer;
import dev.scopegate.test.matrix.ApiRequest;
import dev.scopegate.test.matrix.TestedApi;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.ExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClientConfigurer;

/**
 * Scopegate in tests with WebTestClient:
 *
 * <pre>{@code
 * client.mutateWith(bearer(issuer.token().scope("read:contacts"))).get().uri("/contacts").exchange().expectStatus().isOk();
 * each.judge(api(client), issuer);
 * }</pre>
 *
 * <p>Any other client takes the value of the field: {@code header("Authorization", issuer.token().authorization())}.
 */
public final class ScopegateWebTestClient {

    private ScopegateWebTestClient() {}

    /** Presents one token with each request, signed now. */
    public static WebTestClientConfigurer bearer(TokenBuilder token) {
        return bearer(token.sign());
    }

    /** Presents any text as a token with each request. */
    public static WebTestClientConfigurer bearer(String token) {
        return (builder, httpHandler, connector) -> builder.defaultHeader("Authorization", "Bearer " + token);
    }

    /**
     * The application behind {@code client}, for the hostile matrix. A success is taken for a handler that ran. The client must not add
     * credentials of its own.
     */
    public static TestedApi api(WebTestClient client) {
        return sent -> {
            WebTestClient.RequestBodySpec request =
                    client.method(HttpMethod.valueOf(sent.method())).uri(base -> target(base.build(), sent));
            sent.fields().forEach(field -> request.header(field.name(), field.value()));
            return answer(request.exchange().expectBody().returnResult());
        };
    }

    /** Below the client's own address, if it has one, and otherwise as it is: templates of Spring would encode it once more. */
    private static URI target(URI base, ApiRequest sent) {
        String address = base.toString().isEmpty() ? "http://localhost" : base.toString();
        return URI.create(
                (address.endsWith("/") ? address.substring(0, address.length() - 1) : address) + sent.target());
    }

    private static ApiAnswer answer(ExchangeResult result) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        result.getResponseHeaders().forEach((name, values) -> fields.put(name, new ArrayList<>(values)));
        return ApiAnswer.of(result.getStatus().value(), fields);
    }
}
