package dev.scopegate.sample;

import static dev.scopegate.sample.Http.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The OpenAPI document of the running sample, and the page that shows it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(RunningSample.class)
class OpenApiIT {

    private final Sample sample;

    private final Http http = new Http();

    OpenApiIT(Sample sample) {
        this.sample = sample;
    }

    @Test
    void document_namesEachOperationWithItsAnswersAndTheScopesOfItsRule() {
        List<String> operations = new ArrayList<>();
        document()
                .get("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) -> {
                    operations.add(method + " " + path + " "
                            + new TreeSet<>(operation.get("responses").propertyNames()) + " " + scopes(operation));
                }));

        assertThat(operations)
                .containsExactlyInAnyOrder(
                        "get /contacts [200] [read:contacts]",
                        "post /contacts [201, 400] [create:contacts]",
                        "get /contacts/{id} [200, 404] [read:contacts]",
                        "delete /contacts/{id} [204, 404] [delete:contacts]",
                        "get /health [200, 503] []");
    }

    @Test
    void document_saysWhereTokensComeFrom() {
        JsonNode schemes = document().get("components").get("securitySchemes");

        assertThat(schemes.propertyNames()).containsExactly("tokens");
        JsonNode flow = schemes.get("tokens").get("flows").get("authorizationCode");
        assertThat(flow.get("authorizationUrl").asString())
                .isEqualTo(sample.authorizationServer() + "/oauth2/authorize");
        assertThat(flow.get("tokenUrl").asString()).isEqualTo(sample.authorizationServer() + "/oauth2/token");
        assertThat(new TreeSet<>(flow.get("scopes").propertyNames()))
                .containsExactly("create:contacts", "delete:contacts", "read:contacts");
    }

    @ParameterizedTest
    @CsvSource({
        "/openapi, text/html",
        "/openapi/page.js, text/javascript",
        "/openapi/page.css, text/css",
        "/openapi/swagger-ui-bundle.js, text/javascript",
        "/openapi/swagger-ui.css, text/css"
    })
    void file_ofThePage_servedWithAPolicyThatLetsInNothingElse(String path, String type) {
        HttpResponse<String> response = http.get(sample.api().resolve(path));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(type);
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openapi/",
                "/openapi/swagger-ui-es-bundle.js",
                "/openapi/contacts/swagger-config",
                "/v3/api-docs",
                "/webjars/swagger-ui/5.32.14/swagger-ui.css",
                "/swagger-ui/index.html"
            })
    void otherPath_denied(String path) {
        assertThat(http.get(sample.api().resolve(path)).statusCode()).isEqualTo(401);
    }

    @Test
    void authorizationServer_askedForADocument_hasNone() {
        assertThat(http.get(sample.authorizationServer().resolve("/v3/api-docs"))
                        .statusCode())
                .isNotEqualTo(200);
    }

    @Test
    void page_inABrowser_showsTheScopesAndSendsTheToken() throws IOException, InterruptedException {
        BrowserScript.require("playwright-core");

        JsonNode seen = BrowserScript.run(
                "openapi.mjs",
                BrowserScript.CHROMIUM,
                sample.api().resolve("/openapi").toString(),
                MachineClient.jwt(sample).token("read:contacts"));

        assertThat(seen.get("operations").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder(
                        "GET /contacts One page of the contacts, by id — needs read:contacts",
                        "POST /contacts A new contact — needs create:contacts",
                        "GET /contacts/{id} One contact — needs read:contacts",
                        "DELETE /contacts/{id} One contact goes for good — needs delete:contacts",
                        "GET /health Whether the API reaches its database — needs no token");
        assertThat(seen.get("without").asInt()).isEqualTo(401);
        assertThat(seen.get("with").asInt()).isEqualTo(200);
        assertThat(seen.get("violations")).as("of the content security policy").isEmpty();
        assertThat(seen.get("errors")).isEmpty();
        assertThat(seen.get("elsewhere")).as("requests to other servers").isEmpty();
    }

    private JsonNode document() {
        HttpResponse<String> response = http.get(URI.create(sample.api() + "/openapi/contacts"));
        assertThat(response.statusCode()).isEqualTo(200);
        return json(response);
    }

    private static Set<String> scopes(JsonNode operation) {
        Set<String> scopes = new TreeSet<>();
        operation
                .path("security")
                .forEach(alternative -> alternative.forEach(names -> names.forEach(name -> {
                    scopes.add(name.asString());
                })));
        return scopes;
    }
}
