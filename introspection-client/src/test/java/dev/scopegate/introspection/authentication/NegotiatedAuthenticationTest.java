package dev.scopegate.introspection.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which way a client authenticates that has several. */
class NegotiatedAuthenticationTest {

    private static final URI ENDPOINT = URI.create("https://login.example.com/introspect");

    /** Shows its own method. */
    private record Way(String clientId, AuthenticationMethod method, AtomicInteger refusals)
            implements ClientAuthentication {

        @Override
        public Presented present(URI endpoint) {
            return Presented.form(Map.of("method", method.registeredName()));
        }

        @Override
        public void refused() {
            refusals.incrementAndGet();
        }
    }

    private final AtomicInteger refusals = new AtomicInteger();

    @ParameterizedTest(name = "{0} at a server that takes {1} → {2}")
    @Requirement("RFC8414 §2")
    @CsvSource({
        "client_secret_post client_secret_basic, client_secret_basic client_secret_post, client_secret_basic",
        "client_secret_post client_secret_basic, client_secret_post client_secret_basic, client_secret_basic",
        "client_secret_basic client_secret_post, client_secret_post, client_secret_post",
        "client_secret_basic client_secret_post, none client_secret_post Bearer, client_secret_post",
        "client_secret_basic private_key_jwt, client_secret_basic private_key_jwt, private_key_jwt",
        "client_secret_basic private_key_jwt, client_secret_basic, client_secret_basic",
        "tls_client_auth self_signed_tls_client_auth, self_signed_tls_client_auth, self_signed_tls_client_auth",
        "tls_client_auth self_signed_tls_client_auth private_key_jwt, self_signed_tls_client_auth tls_client_auth,"
                + " tls_client_auth",
        "client_secret_basic tls_client_auth, '', client_secret_basic",
        "client_secret_basic client_secret_post, '', client_secret_basic",
        "private_key_jwt, '', private_key_jwt",
        "private_key_jwt tls_client_auth, '', private_key_jwt",
    })
    void present_whatTheServerTakes_firstOfOurOrder(String ours, String servers, String expected) throws IOException {
        NegotiatedAuthentication negotiated = negotiated(ours, servers);

        assertThat(negotiated.method().registeredName()).isEqualTo(expected);
        assertThat(negotiated.present(ENDPOINT).parameters()).containsEntry("method", expected);
    }

    @ParameterizedTest(name = "{0} at a server that takes {1}")
    @Requirement("RFC8414 §2")
    @CsvSource({
        "client_secret_basic client_secret_post, private_key_jwt",
        "private_key_jwt, client_secret_basic client_secret_post",
        "client_secret_basic, none",
        "client_secret_basic, CLIENT_SECRET_BASIC",
        "client_secret_basic, client_secret_jwt",
    })
    void present_nothingOfOursTaken_refused(String ours, String servers) {
        assertThatThrownBy(() -> negotiated(ours, servers).present(ENDPOINT))
                .isInstanceOf(ClientRefusedException.class)
                .hasMessage("the endpoint takes none of the ways to authenticate for which there are credentials");
    }

    @Test
    void present_serverThatCannotBeAsked_failsAndTheNextTimeAsksAgain() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        NegotiatedAuthentication negotiated = new NegotiatedAuthentication(ways("client_secret_basic"), () -> {
            if (asked.incrementAndGet() == 1) {
                throw new IOException("down");
            }
            return List.of("client_secret_basic");
        });

        assertThatThrownBy(() -> negotiated.present(ENDPOINT)).hasMessage("down");
        assertThat(negotiated.present(ENDPOINT).parameters()).isNotEmpty();
    }

    @Test
    void refused_anyWay_told() {
        negotiated("client_secret_basic private_key_jwt", "").refused();

        assertThat(refusals).hasValue(2);
    }

    @Test
    void create_noWayOrTwoClients_refused() {
        Map<AuthenticationMethod, ClientAuthentication> two = ways("client_secret_basic");
        two.put(
                AuthenticationMethod.CLIENT_SECRET_POST,
                new Way("other", AuthenticationMethod.CLIENT_SECRET_POST, refusals));

        assertThatThrownBy(() -> new NegotiatedAuthentication(Map.of(), List::of))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NegotiatedAuthentication(two, List::of))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toString_secret_hidden() {
        assertThat(new NegotiatedAuthentication(
                        Map.of(AuthenticationMethod.CLIENT_SECRET_BASIC, new ClientSecretBasic("api", "s3cret")),
                        List::of))
                .hasToString("NegotiatedAuthentication[clientId=api, methods=[CLIENT_SECRET_BASIC]]");
    }

    private NegotiatedAuthentication negotiated(String ours, String servers) {
        List<String> methods = servers.isEmpty() ? List.of() : List.of(servers.split(" "));
        return new NegotiatedAuthentication(ways(ours), () -> methods);
    }

    private Map<AuthenticationMethod, ClientAuthentication> ways(String names) {
        Map<AuthenticationMethod, ClientAuthentication> ways = new EnumMap<>(AuthenticationMethod.class);
        Arrays.stream(names.split(" "))
                .map(name -> AuthenticationMethod.valueOf(name.toUpperCase(Locale.ROOT)))
                .forEach(method -> ways.put(method, new Way("api", method, refusals)));
        return ways;
    }
}
