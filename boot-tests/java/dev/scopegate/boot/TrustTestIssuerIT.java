package dev.scopegate.boot;

import static dev.scopegate.test.spring.ScopegateMockMvc.bearer;
import static dev.scopegate.test.spring.ScopegateMockMvc.caller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.JwksConfig;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.matrix.HostileCase;
import dev.scopegate.test.matrix.HostileMatrix;
import dev.scopegate.test.spring.ScopegateMockMvc;
import dev.scopegate.test.spring.ScopegateWebTestClient;
import dev.scopegate.test.spring.TrustTestIssuer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.client.MockMvcWebTestClient;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** An application that asks more of tokens than most, whose tests trust a {@link TestIssuer}. */
@Timeout(120)
@SpringBootTest(
        classes = Application.class,
        properties = {
            "scopegate.resource=https://api.example.com/all",
            "scopegate.issuers[0].name=main",
            "scopegate.issuers[0].issuer=https://login.example.com",
            "scopegate.issuers[0].audiences=https://api.example.com/notes",
            "scopegate.issuers[0].required-claims.tenant=acme",
            "scopegate.issuers[0].clock-skew=5s",
            "scopegate.issuers[0].algorithms[0]=RS256",
            "scopegate.issuers[0].jwks.uri=https://login.example.com/keys",
            "scopegate.issuers[0].introspection.client-id=notes-api",
            "scopegate.issuers[0].introspection.client-secret=${SECRET_OF_PRODUCTION_ALONE}",
            "scopegate.issuers[0].introspection.cache.ttl=7s",
            "scopegate.issuers[1].issuer=https://other.example.com",
            "scopegate.issuers[1].algorithms[0]=PS256",
            "scopegate.routes[0].route=GET /notes",
            "scopegate.routes[0].access=authenticated",
            "scopegate.routes[1].route=GET /contacts",
            "scopegate.routes[1].scopes=read:contacts"
        })
@TrustTestIssuer
class TrustTestIssuerIT {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private TestIssuer issuer;

    private MockMvc mvc;

    @BeforeEach
    void buildMockMvc() {
        DefaultMockMvcBuilder builder = MockMvcBuilders.webAppContextSetup(context);
        builder.addFilters(context.getBean("scopegateFilterRegistration", FilterRegistrationBean.class)
                .getFilter());
        mvc = builder.build();
    }

    @AfterEach
    void forgetWhatEveryTokenHas() {
        issuer.everyToken(token -> token);
    }

    @Test
    void issuers_firstOne_movedWithWhatItAsksOfTokens() {
        assertThat(issuer.audience()).isEqualTo("https://api.example.com/notes");
        assertThat(context.getBean(ResourceServer.class).config().issuers())
                .singleElement()
                .satisfies(moved -> {
                    assertThat(moved.issuer()).isEqualTo(issuer.issuer());
                    assertThat(moved.name()).contains("main");
                    assertThat(moved.audiences()).containsExactly(issuer.audience());
                    assertThat(moved.requiredClaims()).containsExactly(Map.entry("tenant", "acme"));
                    assertThat(moved.algorithms()).containsExactly("RS256");
                    assertThat(moved.clockSkew()).isEqualTo(Duration.ofSeconds(5));
                    assertThat(moved.jwks()).isEqualTo(JwksConfig.DISCOVERED);
                    assertThat(moved).extracting(IssuerConfig::introspection).satisfies(asked -> {
                        assertThat(asked.clientId()).isEqualTo(TestIssuer.CLIENT_ID);
                        assertThat(asked.cache().ttl()).isEqualTo(Duration.ofSeconds(7));
                    });
                });
    }

    @Test
    void caller_withTheRequiredClaim_passesAndItsTwinWithoutIsRefused() throws Exception {
        mvc.perform(get("/contacts").with(caller("bob").scope("read:contacts").claim("tenant", "acme")))
                .andExpect(status().isOk())
                .andExpect(content().string("contacts of bob"));
        mvc.perform(get("/contacts").with(caller("bob").scope("read:contacts"))).andExpect(status().isUnauthorized());
        mvc.perform(get("/contacts")
                        .with(caller("bob")
                                .scope("read:contacts")
                                .claim("tenant", "acme")
                                .with(token -> token.expiredBy(Duration.ofMinutes(1)))))
                .andExpect(status().isUnauthorized());
    }

    @Test
    void opaqueToken_ofTheIssuer_passesAndAnInventedOneIsRefused() throws Exception {
        String opaque = issuer.opaque(
                Map.of("scope", "read:contacts", "sub", "bob", "aud", issuer.audience(), "tenant", "acme"));

        mvc.perform(get("/contacts").with(bearer(opaque))).andExpect(status().isOk());
        mvc.perform(get("/contacts").with(bearer("invented"))).andExpect(status().isUnauthorized());
    }

    @HostileMatrix(route = "GET /notes", scopes = "read:notes")
    void mockMvc_handlerThatAsksForScopes_answeredAsItHasToBe(HostileCase each) throws Exception {
        issuer.everyToken(token -> token.claim("tenant", "acme"));
        each.judge(ScopegateMockMvc.api(mvc), issuer);
    }

    @HostileMatrix(route = "GET /contacts", scopes = "read:contacts")
    void webTestClient_hostileRequest_answeredAsItHasToBe(HostileCase each) throws Exception {
        issuer.everyToken(token -> token.claim("tenant", "acme"));
        WebTestClient client = MockMvcWebTestClient.bindTo(mvc).build();
        each.judge(ScopegateWebTestClient.api(client), issuer);
    }

    @Test
    void webTestClient_bearer_presentsTheToken() {
        WebTestClient client = MockMvcWebTestClient.bindTo(mvc).build();
        client.mutateWith(ScopegateWebTestClient.bearer(
                        issuer.token().scope("read:contacts").claim("tenant", "acme")))
                .get()
                .uri("/contacts")
                .exchange()
                .expectStatus()
                .isOk();
        client.get().uri("/contacts").exchange().expectStatus().isUnauthorized();
    }
}
