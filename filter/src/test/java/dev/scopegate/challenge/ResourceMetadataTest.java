package dev.scopegate.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.model.Answer;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.RequestSnapshot.Elsewhere;
import dev.scopegate.model.Transport;
import dev.scopegate.test.Requirement;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceMetadataTest {

    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    @ParameterizedTest
    @Requirement("RFC9728 §3.1")
    @CsvSource({
        "https://api.example.com,             ''",
        "https://api.example.com/,            ''",
        "https://api.example.com/contacts,    /contacts",
        "https://api.example.com/contacts/,   /contacts/",
        "https://api.example.com/a/b/c,       /a/b/c",
        "https://api.example.com/caf%C3%A9,   /caf%C3%A9",
        "http://localhost:8080/contacts,      /contacts",
        "HTTPS://api.example.com/contacts,    /contacts",
        "https://api.example.com/a?b=c,       /a?b=c",
        "https://api.example.com?b=c,         ?b=c",
        "urn:example:contacts,                ''",
        "urn:example:contacts?b=c,            ''",
        "api://contacts/v1,                   ''",
    })
    void url_wellKnownSegment_betweenHostAndPath(String resource, String suffix) {
        ResourceMetadata metadata = metadata(resource);

        assertThat(metadata.url(URI.create("https://api.example.com")))
                .isEqualTo("https://api.example.com" + WELL_KNOWN + suffix);
        assertThat(metadata.url(URI.create("https://api.example.com:8443/app")))
                .isEqualTo("https://api.example.com:8443/app" + WELL_KNOWN);
    }

    @ParameterizedTest
    @Requirement({"RFC9728 §2", "RFC9728 §3.3"})
    @ValueSource(
            strings = {
                "https://api.example.com",
                "https://api.example.com/",
                "https://api.example.com/contacts/",
                "HTTPS://API.example.com:443/caf%c3%a9?b=c",
                "urn:example:contacts"
            })
    void document_resource_identicalToTheIdentifier(String resource) throws Exception {
        assertThat(JSONObjectUtils.parse(get(metadata(resource), WELL_KNOWN).body()))
                .containsEntry("resource", resource);
    }

    @Test
    @Requirement({"RFC9728 §2", "RFC9728 §3.2"})
    void document_namesResourceIssuersAndScopes() throws Exception {
        ResourceMetadata metadata = new ResourceMetadata(
                "https://api.example.com/contacts",
                Optional.of("Kontakte \"für\" 連絡先 \ud83d\ude00"),
                List.of("https://login.example.com", "https://partner.example.com/realms/a"),
                List.of("a", "b"),
                List.of(Transport.HEADER, Transport.of("form"), Transport.of("query"), Transport.of("cookie:token")));

        assertThat(JSONObjectUtils.parse(get(metadata, WELL_KNOWN).body()))
                .isEqualTo(Map.of(
                        "resource",
                        "https://api.example.com/contacts",
                        "authorization_servers",
                        List.of("https://login.example.com", "https://partner.example.com/realms/a"),
                        "scopes_supported",
                        List.of("a", "b"),
                        "resource_name",
                        "Kontakte \"für\" 連絡先 \ud83d\ude00",
                        "bearer_methods_supported",
                        List.of("header", "body", "query")));
    }

    @Test
    @Requirement("RFC9728 §3.2")
    void document_membersWithoutValues_leftOut() throws Exception {
        assertThat(JSONObjectUtils.parse(
                        get(metadata("https://api.example.com"), WELL_KNOWN).body()))
                .isEqualTo(
                        Map.of("resource", "https://api.example.com", "bearer_methods_supported", List.of("header")));
    }

    @Test
    @Requirement("RFC9728 §3.2")
    void answer_get_cacheableJsonForEveryOrigin() {
        Answer answer = get(metadata("https://api.example.com"), WELL_KNOWN);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.headers())
                .containsExactlyInAnyOrder(
                        new Answer.Header("Cache-Control", "public, max-age=300"),
                        new Answer.Header("Access-Control-Allow-Origin", "*"),
                        new Answer.Header("X-Content-Type-Options", "nosniff"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com/contacts,  GET,     '',           true",
        "https://api.example.com/contacts,  HEAD,    '',           true",
        "https://api.example.com/contacts,  GET,     /,            true",
        "https://api.example.com/contacts,  GET,     /contacts,    true",
        "https://api.example.com/contacts,  GET,     /contacts/,   true",
        "https://api.example.com/contacts/, GET,     /contacts,    true",
        "https://api.example.com/contacts/, GET,     /contacts/,   true",
        "https://api.example.com/contacts,  GET,     /contacts//,  false",
        "https://api.example.com/contacts,  GET,     /contacts/7,  false",
        "https://api.example.com/contacts,  GET,     /Contacts,    false",
        "https://api.example.com/contacts,  GET,     s,            false",
        "https://api.example.com/contacts,  get,     /contacts,    false",
        "https://api.example.com/contacts,  POST,    /contacts,    false",
        "https://api.example.com/contacts,  PUT,     /contacts,    false",
        "https://api.example.com/contacts,  DELETE,  '',           false",
        "https://api.example.com/contacts,  OPTIONS, /contacts,    false",
        "https://api.example.com/caf%C3%A9, GET,     /café,        true",
        "https://api.example.com/caf%C3%A9, GET,     /caf%C3%A9,   false",
        "https://api.example.com/a?b=c,     GET,     /a,           true",
        "https://api.example.com,           GET,     /contacts,    false",
        "urn:example:contacts,              GET,     '',           true",
        "urn:example:contacts,              GET,     /contacts,    false",
        "api://contacts/v1,                 GET,     /v1,          false",
    })
    void answer_methodAndPath_exact(String resource, String method, String suffix, boolean answered) {
        RequestSnapshot request = request(method, WELL_KNOWN + suffix, false);

        assertThat(metadata(resource).answer(request).isPresent()).isEqualTo(answered);
    }

    @Test
    void answer_preflight_allowedForReadingAlone() {
        ResourceMetadata metadata = metadata("https://api.example.com/contacts");
        Answer answer = metadata.answer(request("OPTIONS", WELL_KNOWN + "/contacts", true))
                .orElseThrow();

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers())
                .containsExactlyInAnyOrder(
                        new Answer.Header("Access-Control-Allow-Origin", "*"),
                        new Answer.Header("Access-Control-Allow-Methods", "GET, HEAD"),
                        new Answer.Header("Access-Control-Allow-Headers", "*"),
                        new Answer.Header("Access-Control-Max-Age", "3600"));
        assertThat(metadata.answer(request("OPTIONS", "/contacts", true))).isEmpty();
    }

    private static ResourceMetadata metadata(String resource) {
        return new ResourceMetadata(resource, Optional.empty(), List.of(), List.of(), List.of(Transport.HEADER));
    }

    private static Answer get(ResourceMetadata metadata, String path) {
        return metadata.answer(request("GET", path, false)).orElseThrow();
    }

    private static RequestSnapshot request(String method, String path, boolean preflight) {
        return new RequestSnapshot(method, path, path, List.of(), Elsewhere.NOWHERE, preflight);
    }
}
