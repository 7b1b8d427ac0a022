package dev.scopegate.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.model.Answer;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.Transport;
import dev.scopegate.test.Requirement;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceMetadataTest {

    @ParameterizedTest
    @Requirement("RFC9728 §3.1")
    @CsvSource({
        "https://api.example.com,            https://api.example.com/.well-known/oauth-protected-resource",
        "https://api.example.com/,           https://api.example.com/.well-known/oauth-protected-resource",
        "https://api.example.com/contacts,   https://api.example.com/.well-known/oauth-protected-resource/contacts",
        "http://localhost:8080/contacts,     http://localhost:8080/.well-known/oauth-protected-resource/contacts",
        "https://api.example.com/a?b=c,      https://api.example.com/.well-known/oauth-protected-resource/a?b=c",
    })
    void url_wellKnownSegment_betweenHostAndPath(String resource, String url) {
        String origin = resource.replaceFirst("^(https?://[^/]+).*", "$1");

        assertThat(metadata(resource).url(URI.create(origin))).isEqualTo(url);
        assertThat(metadata(resource).url(URI.create(origin + "/app")))
                .isEqualTo(origin + "/app/.well-known/oauth-protected-resource");
    }

    @Test
    @Requirement({"RFC9728 §2", "RFC9728 §3.2"})
    void document_namesResourceIssuersAndScopes() throws Exception {
        ResourceMetadata metadata = new ResourceMetadata(
                "https://api.example.com/contacts",
                Optional.of("Contacts"),
                List.of("https://login.example.com"),
                List.of("a", "b"),
                List.of(Transport.HEADER, Transport.of("form"), Transport.of("cookie:token")));
        Answer answer = metadata.answer(request("GET", "/.well-known/oauth-protected-resource"))
                .orElseThrow();

        assertThat(JSONObjectUtils.parse(answer.body()))
                .containsEntry("resource", "https://api.example.com/contacts")
                .containsEntry("authorization_servers", List.of("https://login.example.com"))
                .containsEntry("scopes_supported", List.of("a", "b"))
                .containsEntry("resource_name", "Contacts")
                .containsEntry("bearer_methods_supported", List.of("header", "body"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /.well-known/oauth-protected-resource/contacts,   true",
        "HEAD, /.well-known/oauth-protected-resource,            true",
        "POST, /.well-known/oauth-protected-resource,            false",
        "GET,  /.well-known/oauth-protected-resource/contacts/7, false",
    })
    void answer_pathAndMethod_exact(String method, String path, boolean answered) {
        assertThat(metadata("https://api.example.com/contacts")
                        .answer(request(method, path))
                        .isPresent())
                .isEqualTo(answered);
    }

    private static ResourceMetadata metadata(String resource) {
        return new ResourceMetadata(resource, Optional.empty(), List.of(), List.of(), List.of(Transport.HEADER));
    }

    private static RequestSnapshot request(String method, String path) {
        return new RequestSnapshot(method, path, path, List.of());
    }
}
