package dev.scopegate.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.test.Requirement;
import java.util.List;
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
        assertThat(new ResourceMetadata(resource, List.of(), List.of()).url()).isEqualTo(url);
    }

    @Test
    @Requirement({"RFC9728 §2", "RFC9728 §3.2"})
    void document_namesResourceIssuersAndScopes() throws Exception {
        ResourceMetadata metadata = new ResourceMetadata(
                "https://api.example.com/contacts", List.of("https://login.example.com"), List.of("a", "b"));

        assertThat(JSONObjectUtils.parse(metadata.document().body()))
                .containsEntry("resource", "https://api.example.com/contacts")
                .containsEntry("authorization_servers", List.of("https://login.example.com"))
                .containsEntry("scopes_supported", List.of("a", "b"))
                .containsEntry("bearer_methods_supported", List.of("header"));
    }

    @Test
    void isAskedFor_pathAndMethod_exact() {
        ResourceMetadata metadata = new ResourceMetadata("https://api.example.com/contacts", List.of(), List.of());

        assertThat(metadata.isAskedFor("GET", "/.well-known/oauth-protected-resource/contacts"))
                .isTrue();
        assertThat(metadata.isAskedFor("HEAD", "/.well-known/oauth-protected-resource"))
                .isTrue();
        assertThat(metadata.isAskedFor("POST", "/.well-known/oauth-protected-resource"))
                .isFalse();
        assertThat(metadata.isAskedFor("GET", "/.well-known/oauth-protected-resource/contacts/7"))
                .isFalse();
    }
}
