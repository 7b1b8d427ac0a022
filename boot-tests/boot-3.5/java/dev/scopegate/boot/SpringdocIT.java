package dev.scopegate.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.TestIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The OpenAPI document of an application with Spring Boot 3 and its springdoc. */
@Timeout(120)
class SpringdocIT {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @Test
    void document_scopesOfRuleAndHandler_areInIt() throws Exception {
        try (ConfigurableApplicationContext application = SpringApplication.run(
                Application.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--scopegate.resource=https://api.example.com/contacts",
                "--scopegate.issuers[0].issuer=" + ISSUER.issuer(),
                "--scopegate.http.allow-insecure-loopback=true",
                "--scopegate.routes[0].route=GET /contacts/**",
                "--scopegate.routes[0].scopes=read:contacts",
                "--scopegate.routes[1].route=GET /v3/api-docs",
                "--scopegate.routes[1].access=public",
                "--scopegate.default-access=authenticated")) {
            String port = application.getEnvironment().getRequiredProperty("local.server.port");
            String document = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v3/api-docs"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();

            assertThat(document)
                    .contains("\"security\":[{\"oauth2\":[\"read:contacts\"]}]")
                    .contains("\"security\":[{\"oauth2\":[\"delete:contacts\"]}]")
                    .contains("\"securitySchemes\":{\"oauth2\":{\"type\":\"oauth2\"");
        }
    }
}
