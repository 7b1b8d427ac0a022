package dev.scopegate.test;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.FormParameter;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the issuer answers at the moment: its published keys, and what it knows of an opaque token. Outlives the server, so
 * that an outage forgets nothing. Safe for concurrent use.
 */
final class IssuerAnswers implements ResponseDefinitionTransformerV2 {

    static final String NAME = "scopegate-issuer";
    private static final String INACTIVE = "{\"active\":false}";

    private final String authorization;
    private volatile SigningKeys keys = SigningKeys.generate();
    private volatile Optional<String> otherKeySet = Optional.empty();
    private final Map<String, String> introspections = new ConcurrentHashMap<>();

    IssuerAnswers(String clientId, String clientSecret) {
        this.authorization = "Basic "
                + Base64.getEncoder()
                        .encodeToString((clientId + ":" + clientSecret).getBytes(StandardCharsets.US_ASCII));
    }

    SigningKeys keys() {
        return keys;
    }

    void rotateKeys() {
        keys = SigningKeys.generate();
    }

    void publish(String keySet) {
        otherKeySet = Optional.of(keySet);
    }

    void publishOwnKeys() {
        otherKeySet = Optional.empty();
    }

    void register(String token, Map<String, ?> claims) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("active", true);
        answer.putAll(claims);
        introspections.put(token, JSONObjectUtils.toJSONString(answer));
    }

    void revoke(String token) {
        introspections.remove(token);
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        Request request = event.getRequest();
        boolean jwks = request.getUrl().equals(TestIssuer.JWKS_PATH);
        return jwks ? json(otherKeySet.orElseGet(keys()::published)) : introspect(request);
    }

    private ResponseDefinition introspect(Request request) {
        // RFC 7662 §2.1: the endpoint requires some form of authorization, against scanning for tokens.
        if (!authorization.equals(request.getHeader("Authorization"))) {
            return ResponseDefinitionBuilder.responseDefinition()
                    .withStatus(401)
                    .withHeader("WWW-Authenticate", "Basic realm=\"introspection\"")
                    .build();
        }
        FormParameter token = request.formParameter("token");
        return json(token.isPresent() ? introspections.getOrDefault(token.firstValue(), INACTIVE) : INACTIVE);
    }

    private static ResponseDefinition json(String body) {
        return ResponseDefinitionBuilder.responseDefinition()
                .withHeader("Content-Type", "application/json")
                .withHeader("Cache-Control", "no-store")
                .withBody(body)
                .build();
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public String getName() {
        return NAME;
    }
}
