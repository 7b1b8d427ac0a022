package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.Secret;
import dev.scopegate.config.TokensConfigBuilder;
import dev.scopegate.model.Access;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.RequestSnapshot.Elsewhere;
import dev.scopegate.model.Transport;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that is presented as a token and cannot be one: a malformed request, wherever it stands, and nobody is asked about it. */
class CredentialFormTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private final ResourceServer server = ResourceServer.builder()
            .resource("https://api.example.com/contacts")
            .issuer(IssuerConfig.of(ISSUER.issuer())
                    .withIntrospection(
                            IntrospectionConfig.basic(TestIssuer.CLIENT_ID, Secret.of(TestIssuer.CLIENT_SECRET))))
            .route("GET /contacts", "read")
            .route("GET /news", Access.OPTIONAL)
            .route("GET /health", Access.PUBLIC)
            .tokens(TokensConfigBuilder.builder()
                    .transports(List.of(Transport.HEADER, Transport.of("query")))
                    .build())
            .http(HttpConfig.allowingInsecureLoopback())
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @Requirement("RFC6750 §2.1")
    @ValueSource(
            strings = {
                "=",
                "a b",
                "a,b",
                "abc, Bearer def",
                "abc, Basic dTpw",
                "a\"b",
                "a=b",
                "ünïcode",
                "a\u0000b",
                "€",
                "a%20b",
                "{}.a.b"
            })
    void decide_notOneB64Token_malformedAndNobodyAsked(String text) {
        int calls = ISSUER.introspectionCalls();

        for (String path : List.of("/contacts", "/news")) {
            assertThat(reason(request(path, "Bearer " + text))).isEqualTo(RefusalReason.CREDENTIALS_MALFORMED);
        }
        assertThat(reason(new RequestSnapshot(
                        "GET",
                        "/contacts",
                        "/contacts",
                        List.of(),
                        new Elsewhere("access_token=" + text.replace("%", "%25"), List.of(), List.of()),
                        false)))
                .isEqualTo(RefusalReason.CREDENTIALS_MALFORMED);
        assertThat(server.decide(request("/health", "Bearer " + text))).isInstanceOf(Decision.Permitted.class);
        assertThat(server.explain(request("/contacts", "Bearer " + text))
                        .answer()
                        .orElseThrow()
                        .status())
                .isEqualTo(400);
        assertThat(ISSUER.introspectionCalls()).isEqualTo(calls);
    }

    @Test
    void decide_oneB64Token_asked() {
        String token = ISSUER.opaque(Map.of("scope", "read", "aud", "https://api.example.com/contacts"));

        assertThat(server.decide(request("/contacts", "Bearer " + token))).isInstanceOf(Decision.Permitted.class);
        assertThat(reason(request("/contacts", "Bearer " + token + "=="))).isEqualTo(RefusalReason.INACTIVE);
    }

    private static RequestSnapshot request(String path, String field) {
        return new RequestSnapshot("GET", path, path, List.of(field));
    }

    private RefusalReason reason(RequestSnapshot request) {
        return server.decide(request) instanceof Decision.Refused refused
                ? refused.reason()
                : RefusalReason.PATH_AMBIGUOUS;
    }
}
