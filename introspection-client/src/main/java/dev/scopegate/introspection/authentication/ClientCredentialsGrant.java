package dev.scopegate.introspection.authentication;

import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.introspection.http.HttpAnswer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * How the resource server gets an access token of its own: by the client credentials grant.
 *
 * <p>Safe for concurrent use. Its text form tells no secret, as that of the client tells none.
 *
 * @param client how it authenticates at the token endpoint
 * @param tokenEndpoint where that is
 * @param scopes what it asks for; none: what the server gives by default
 * @param timeout how long a request for a token may take, to the last byte of the answer; positive
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.4">RFC 6749 §4.4</a>
 */
public record ClientCredentialsGrant(
        ClientAuthentication client, TokenEndpoint tokenEndpoint, List<String> scopes, Duration timeout) {

    /** Says where the token endpoint is. Asked before each request for a token; whoever has to look it up keeps it himself. */
    @FunctionalInterface
    public interface TokenEndpoint {

        /**
         * The endpoint, an https address that is trusted with the client's secret.
         *
         * @throws IOException if it cannot be found out now
         */
        URI address() throws IOException;
    }

    /** Refuses a time that is not positive. */
    public ClientCredentialsGrant {
        scopes = List.copyOf(scopes);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout is not positive: " + timeout);
        }
    }

    /** One request for a token. Looks the endpoint up on this thread; fails with an {@link IOException}, possibly wrapped. */
    CompletableFuture<OwnToken> ask(BoundedHttpClient http) throws IOException {
        URI endpoint = tokenEndpoint.address();
        Presented credentials = client.present(endpoint);
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        if (!scopes.isEmpty()) {
            form.put("scope", String.join(" ", scopes));
        }
        form.putAll(credentials.parameters());
        Map<String, String> headers = new LinkedHashMap<>(credentials.headers());
        headers.put("Accept", "application/json");
        return http.postForm(endpoint, form, headers, timeout).thenApply(this::read);
    }

    private OwnToken read(HttpAnswer answer) {
        try {
            return OwnToken.read(answer);
        } catch (ClientRefusedException refused) {
            client.refused();
            throw new CompletionException(refused);
        } catch (IOException unusable) {
            throw new CompletionException(unusable);
        }
    }
}
