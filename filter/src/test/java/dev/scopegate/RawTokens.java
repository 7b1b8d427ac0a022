package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.TokensConfigBuilder;
import dev.scopegate.model.Answer;
import dev.scopegate.model.Conclusion;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.Surroundings;
import dev.scopegate.test.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Tokens of which every octet is chosen, all signed by the issuer's own key, so that nothing but the choice can refuse them; and
 * a server to show them to, which has the keys and is not to ask for anything more.
 */
final class RawTokens implements AutoCloseable {

    private final TestIssuer issuer;
    private final RSAKey key;
    private final ResourceServer server;
    private final int fetches;

    /** A server that takes tokens up to the greatest size there is. */
    RawTokens(TestIssuer issuer, Clock clock, Duration skew) {
        this.issuer = issuer;
        this.key = issuer.signingKey(JWSAlgorithm.RS256).toRSAKey();
        this.server = ResourceServer.builder()
                .resource("https://api.example.com/contacts")
                .issuer(IssuerConfig.builder(issuer.issuer()).clockSkew(skew).build())
                .route("GET /contacts/**", "read:contacts")
                .http(HttpConfig.allowingInsecureLoopback())
                .tokens(TokensConfigBuilder.builder().maxBytes(65_536).build())
                .clock(clock)
                .build();
        assertPermitted(token(payload(clock.instant().plusSeconds(60).getEpochSecond())));
        this.fetches = issuer.jwksFetches();
    }

    /** The header that tokens have unless one is given. */
    String header() {
        return "{\"alg\":\"RS256\",\"kid\":\"" + key.getKeyID() + "\"}";
    }

    /**
     * A payload that is good as it is.
     *
     * @param more further members as they are to stand in the text
     */
    String payload(long exp, String... more) {
        return "{" + members(exp) + (more.length == 0 ? "" : "," + String.join(",", more)) + "}";
    }

    /** The members of {@link #payload}, without the braces. */
    String members(long exp) {
        return withoutEnd() + ",\"exp\":" + exp;
    }

    /** The members of {@link #payload}, but for the {@code exp}. */
    String withoutEnd() {
        return "\"iss\":\"" + issuer.issuer() + "\",\"sub\":\"alice\",\"aud\":\"https://api.example.com/contacts\""
                + ",\"scope\":\"read:contacts\"";
    }

    String token(String payload) {
        return token(header(), payload);
    }

    String token(String header, String payload) {
        return token(header.getBytes(StandardCharsets.UTF_8), payload.getBytes(StandardCharsets.UTF_8));
    }

    String token(byte[] header, byte[] payload) {
        return signed(
                Base64URL.encode(header).toString(), Base64URL.encode(payload).toString());
    }

    /** A token of parts that are encoded already, in whatever way; the signature is over the text as it stands. */
    String signed(String header, String payload) {
        try {
            byte[] input = (header + "." + payload).getBytes(StandardCharsets.UTF_8);
            return header + "." + payload + "." + new RSASSASigner(key).sign(new JWSHeader(JWSAlgorithm.RS256), input);
        } catch (JOSEException unfit) {
            throw new IllegalStateException(unfit);
        }
    }

    void assertPermitted(String token) {
        assertThat(server.decide(request(token))).isInstanceOf(Decision.Permitted.class);
        assertThat(server.judge(request(token), () -> Surroundings.NONE)).isInstanceOf(Conclusion.Passed.class);
    }

    /** 401 with {@code invalid_token} for {@code reason}, nobody asked, and nothing of the token told. */
    void assertInvalid(String token, RefusalReason reason) {
        assertRefused(token, reason, 401, "error=\"invalid_token\"");
    }

    /** 400 with {@code invalid_request}: no token at all by the grammar of the field. */
    void assertMalformed(String token, RefusalReason reason) {
        assertRefused(token, reason, 400, "error=\"invalid_request\"");
    }

    private void assertRefused(String token, RefusalReason reason, int status, String error) {
        assertThat(server.decide(request(token)))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
        Answer answer = ((Conclusion.Answered) server.judge(request(token), () -> Surroundings.NONE)).answer();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers())
                .anySatisfy(field -> assertThat(field.name() + ": " + field.value())
                        .startsWith("WWW-Authenticate: Bearer ")
                        .contains(error));
        if (token.length() > 8) {
            assertThat(answer.toString()).doesNotContain(token.substring(token.length() - 8));
        }
        assertThat(issuer.jwksFetches()).isEqualTo(fetches);
        assertThat(issuer.introspectionCalls()).isZero();
    }

    private static RequestSnapshot request(String token) {
        return new RequestSnapshot("GET", "/contacts", "/contacts", List.of("Bearer " + token));
    }

    @Override
    public void close() {
        server.close();
    }
}
