package dev.scopegate.spring;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.servlet.ScopegateFilter;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.matrix.ApiAnswer;
import dev.scopegate.test.matrix.ApiRequest;
import dev.scopegate.test.matrix.HostileCase;
import dev.scopegate.test.matrix.HostileMatrix;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/* What follows is in docs/testing.md, letter by letter. */
class HostileContactsTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final ResourceServer SERVER = ResourceServer.builder()
            .resource("https://api.example.com/contacts")
            .issuer(ISSUER.issuer())
            .route("GET /contacts/**", "read:contacts")
            .http(HttpConfig.allowingInsecureLoopback())
            .build();

    private final MockMvc mvc = MockMvcBuilders.standaloneSetup(new ContactsController())
            .addFilters(new ScopegateFilter(SERVER))
            .build();

    @HostileMatrix(route = "GET /contacts", scopes = "read:contacts")
    void contacts_caseOfTheMatrix_answeredAsItHasToBe(HostileCase each) throws Exception {
        each.judge(this::send, ISSUER);
    }

    private ApiAnswer send(ApiRequest sent) throws Exception {
        MockHttpServletRequestBuilder request =
                MockMvcRequestBuilders.request(HttpMethod.valueOf(sent.method()), URI.create(sent.target()));
        sent.fields().forEach(field -> request.header(field.name(), field.value()));
        MvcResult result = mvc.perform(request).andReturn();
        MockHttpServletResponse response = result.getResponse();
        Map<String, List<String>> fields =
                response.getHeaderNames().stream().collect(Collectors.toMap(name -> name, response::getHeaders));
        return new ApiAnswer(response.getStatus(), fields, result.getHandler() != null);
    }
}
