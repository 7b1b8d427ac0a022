package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.handler;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.scopegate.test.TestIssuer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What handlers ask of their caller, on real requests through the filter. */
class RequireScopesTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ScopegateAutoConfiguration.class,
                    ScopegateWebMvcAutoConfiguration.class,
                    WebMvcAutoConfiguration.class,
                    DispatcherServletAutoConfiguration.class))
            .withBean(ContactsController.class)
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withPropertyValues(
                    "scopegate.resource=https://api.example.com/contacts",
                    "scopegate.issuers[0].issuer=" + ISSUER.issuer(),
                    "scopegate.http.allow-insecure-loopback=true",
                    "scopegate.routes[0].route=GET /hello",
                    "scopegate.routes[0].access=optional",
                    "scopegate.routes[1].route=GET /hello-you",
                    "scopegate.routes[1].access=public",
                    "scopegate.default-access=authenticated");

    private static MockMvc mvc(AssertableWebApplicationContext context) {
        return MockMvcBuilders.webAppContextSetup(context.getSourceApplicationContext())
                .addFilters(context.getBean(FilterRegistrationBean.class).getFilter())
                .build();
    }

    /** What is done with the application. */
    private interface Requests {
        void to(MockMvc mvc) throws Exception;
    }

    private void run(Requests test) {
        runner.run(context -> test.to(mvc(context)));
    }

    private static String bearer(String scopes) {
        return "Bearer " + ISSUER.token().scope(scopes).sign();
    }

    @ParameterizedTest
    @CsvSource({
        "delete:contacts,               200, deleted 7",
        "'delete:contacts openid',      200, deleted 7",
        "read:contacts,                 403, insufficient_scope",
    })
    void delete_scopeOfTheHandler_needed(String scopes, int status, String shown) {
        run(mvc -> mvc.perform(delete("/contacts/7").header("Authorization", bearer(scopes)))
                .andExpect(status().is(status))
                .andExpect(content().string(containsString(shown))));
    }

    @Test
    void delete_noToken_refusedByTheRuleFirst() {
        run(mvc -> mvc.perform(delete("/contacts/7")).andExpect(status().isUnauthorized()));
    }

    @Test
    void delete_tooLittle_challengeNamesTheScopeAndTheRefusalIsCounted() {
        runner.run(context -> {
            mvc(context)
                    .perform(delete("/contacts/7").header("Authorization", bearer("openid")))
                    .andExpect(header().string("WWW-Authenticate", containsString("scope=\"delete:contacts\"")))
                    .andExpect(header().string("Cache-Control", "no-store"));

            assertThat(context.getBean(MeterRegistry.class)
                            .get("scopegate.requests")
                            .tag("route", "@RequireScopes ContactsController.delete")
                            .tag("reason", "scope-missing")
                            .timer()
                            .count())
                    .isEqualTo(1);
        });
    }

    @ParameterizedTest
    @CsvSource({"read:contacts, 200", "admin:contacts, 200", "delete:contacts, 403"})
    void later_oneOfTheScopes_enoughAlsoForAnAsynchronousHandler(String scopes, int status) {
        run(mvc -> {
            MvcResult result = mvc.perform(get("/contacts/7").header("Authorization", bearer(scopes)))
                    .andReturn();
            if (status == 200) {
                mvc.perform(asyncDispatch(result)).andExpect(content().string("contact 7"));
            } else {
                assertThat(result.getResponse().getStatus()).isEqualTo(status);
            }
        });
    }

    @Test
    void list_caller_isAnArgument() {
        run(mvc -> mvc.perform(get("/contacts").header("Authorization", bearer("x")))
                .andExpect(handler().methodName("list"))
                .andExpect(content().string("contacts of alice")));
    }

    @Test
    void hello_callerOrNobody_isAnOptionalArgument() {
        run(mvc -> {
            mvc.perform(get("/hello")).andExpect(content().string("hello stranger"));
            mvc.perform(get("/hello").header("Authorization", bearer("x")))
                    .andExpect(content().string("hello alice"));
        });
    }

    @Test
    void principal_ofSpring_isTheToken() {
        run(mvc -> mvc.perform(get("/principal").header("Authorization", bearer("x")))
                .andExpect(content().string("ValidatedToken")));
    }

    @ParameterizedTest
    @CsvSource({"deny, true", "authenticated, true", "public, false", "optional, false"})
    void coverage_handlerWithoutARule_aGapWhereTheDefaultLetsEverybodyIn(String defaultAccess, boolean starts) {
        runner.withPropertyValues("scopegate.default-access=" + defaultAccess).run(context -> {
            if (starts) {
                assertThat(context).hasNotFailed();
            } else {
                assertThat(context)
                        .getFailure()
                        .isInstanceOf(UnprotectedHandlersException.class)
                        .hasMessageContaining("GET /contacts → ")
                        .hasMessageContaining("NOTHING PROTECTS IT")
                        .hasMessageContaining("GET /hello → ")
                        .hasMessageContaining("GET /hello (optional)")
                        .hasMessageContaining("@RequireScopes (scope delete:contacts)");
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"warn", "off"})
    void coverage_notToFail_starts(String coverage) {
        runner.withPropertyValues("scopegate.default-access=public", "scopegate.coverage=" + coverage)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void coverage_gap_explainedWithoutStackTrace() {
        UnprotectedHandlersException gap = new UnprotectedHandlersException(List.of());

        assertThat(new UnprotectedHandlersFailureAnalyzer().analyze(gap).getAction())
                .contains("scopegate.routes")
                .contains("scopegate.coverage");
    }

    @ParameterizedTest
    @CsvSource({
        "/contacts,                  /contacts",
        "/contacts/{id},             /contacts/x",
        "'/contacts/{id:[0-9]{1,3}}', /contacts/x",
        "/a/{*rest},                 /a/x",
        "/a/**,                      /a/x",
        "/a/*.txt,                   /a/x.txt",
        "'',                         /",
    })
    void example_ofAPattern_isAPathThatMatches(String pattern, String path) {
        assertThat(MappedRules.example(pattern)).isEqualTo(path);
    }

    @Test
    void requireScopes_noneNamed_refusedWhenRead() {
        runner.withBean(Broken.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("names no scope"));
    }

    @Test
    void argument_nobodyWhereSomebodyIsTakenForGranted_failsInsteadOfNull() {
        run(mvc -> assertThatThrownBy(() -> mvc.perform(get("/hello-you")))
                .rootCause()
                .hasMessageContaining("Optional<ValidatedToken>"));
    }

    /** A handler whose scopes were forgotten. */
    @RestController
    static class Broken {

        @GetMapping("/broken")
        @RequireScopes
        String broken() {
            return "";
        }
    }
}
