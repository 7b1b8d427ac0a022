package dev.scopegate.introspection.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    private final Addresses strict = new Addresses(false);
    private final Addresses development = new Addresses(true);

    @ParameterizedTest
    @Requirement("RFC8414 §3")
    @ValueSource(strings = {"https://login.example.com/realms/contacts", "https://login.example.com/realms/contacts/"})
    void wellKnown_issuerWithAPath_appendedThenInserted(String issuer) {
        assertThat(Addresses.wellKnown(URI.create(issuer)))
                .extracting(URI::toString)
                .containsExactly(
                        "https://login.example.com/realms/contacts/.well-known/openid-configuration",
                        "https://login.example.com/.well-known/oauth-authorization-server/realms/contacts",
                        "https://login.example.com/.well-known/openid-configuration/realms/contacts");
    }

    @ParameterizedTest
    @Requirement("RFC8414 §3")
    @ValueSource(strings = {"https://login.example.com:8443", "https://login.example.com:8443/"})
    void wellKnown_issuerWithoutAPath_twoAddresses(String issuer) {
        assertThat(Addresses.wellKnown(URI.create(issuer)))
                .extracting(URI::toString)
                .containsExactly(
                        "https://login.example.com:8443/.well-known/openid-configuration",
                        "https://login.example.com:8443/.well-known/oauth-authorization-server");
    }

    @Test
    void wellKnown_escapedPath_staysEscaped() {
        assertThat(Addresses.wellKnown(URI.create("https://h/a%2Fb")))
                .extracting(URI::toString)
                .first()
                .isEqualTo("https://h/a%2Fb/.well-known/openid-configuration");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.example.com",
                "HTTPS://login.example.com/x",
                "https://localhost:8443/realms/a",
                "https://[2001:db8::1]/x"
            })
    void issuer_https_taken(String text) {
        assertThat(strict.issuer(text)).contains(URI.create(text));
    }

    @ParameterizedTest
    @Requirement("RFC8414 §2")
    @ValueSource(
            strings = {
                "http://login.example.com",
                "https://login.example.com?tenant=a",
                "https://login.example.com?",
                "https://login.example.com#a"
            })
    void issuer_plainHttpQueryOrFragment_refused(String text) {
        assertThat(strict.issuer(text)).isEmpty();
        assertThat(development.issuer(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "login.example.com",
                "/realms/a",
                "https:",
                "https:///realms/a",
                "https://alice@login.example.com",
                "https://alice:pw@login.example.com",
                "file:///etc/passwd",
                "ftp://login.example.com",
                "https://exa mple.com",
                "urn:issuer"
            })
    void issuer_noAddressToAsk_refused(String text) {
        assertThat(strict.issuer(text)).isEmpty();
        assertThat(development.issuer(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:9000",
                "http://LOCALHOST/a",
                "http://127.0.0.1:1/a",
                "http://127.8.8.8",
                "http://[::1]:9000/"
            })
    void endpoint_plainHttpOnLoopback_onlyWhereAllowed(String text) {
        assertThat(development.endpoint(text)).contains(URI.create(text));
        assertThat(strict.endpoint(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost.example.com",
                "http://127.0.0.1.example.com",
                "http://127.example.com",
                "http://0.0.0.0",
                "http://10.0.0.1",
                "http://[::2]",
                "http://localhost@example.com"
            })
    void endpoint_plainHttpThatOnlyLooksLikeLoopback_refused(String text) {
        assertThat(development.endpoint(text)).isEmpty();
    }

    @Test
    void endpoint_withAQuery_taken() {
        assertThat(strict.endpoint("https://h/keys?tenant=a")).contains(URI.create("https://h/keys?tenant=a"));
    }
}
