package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.model.ValidatedToken;
import dev.scopegate.test.TestIssuer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.catalina.core.StandardContext;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The filter among all others of a whole application with Spring Security, behind a proxy. */
class FilterOrderTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static RunningApplication application;

    @BeforeAll
    static void start() {
        Map<String, String> properties = new HashMap<>();
        properties.put("server.forward-headers-strategy", "framework");
        properties.put("scopegate.issuers[0].issuer", ISSUER.issuer());
        properties.put("scopegate.routes[0].route", "GET /contacts/**");
        properties.put("scopegate.routes[0].scopes", "read:contacts");
        properties.put("scopegate.routes[1].route", "GET /open/**");
        properties.put("scopegate.routes[1].access", "public");
        application = RunningApplication.of(Application.class, properties);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static StandardContext tomcat() {
        TomcatWebServer server = (TomcatWebServer) ((WebServerApplicationContext) application.context()).getWebServer();
        return (StandardContext) server.getTomcat().getHost().findChildren()[0];
    }

    private static String token() {
        return ISSUER.token().scope("read:contacts").sign();
    }

    /** As Tomcat has them, which is the order in which they run. */
    @Test
    void filters_ofTheContainer_inTheRightOrder() {
        List<String> order = Arrays.stream(tomcat().findFilterMaps())
                .map(FilterMap::getFilterName)
                .toList();

        assertThat(order)
                .containsSubsequence(
                        "forwardedHeaderFilter", "scopegate", "scopegate-security-context", "springSecurityFilterChain")
                .containsSubsequence("characterEncodingFilter", "scopegate")
                .containsOnlyOnce("scopegate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scopegate", "scopegate-security-context"})
    void filter_ofTheContainer_allDispatchesAndAsync(String name) {
        FilterMap map = Arrays.stream(tomcat().findFilterMaps())
                .filter(each -> each.getFilterName().equals(name))
                .findFirst()
                .orElseThrow();

        assertThat(map.getDispatcherNames())
                .containsExactlyInAnyOrder(
                        Arrays.stream(DispatcherType.values()).map(Enum::name).toArray(String[]::new));
        assertThat(map.getURLPatterns()).containsExactly("/*");
        assertThat(tomcat().findFilterDef(name).getAsyncSupported()).isEqualTo("true");
    }

    @Test
    void contacts_withAToken_bothFiltersKnowTheCaller() throws Exception {
        assertThat(application.getAs(token(), "/contacts").body()).isEqualTo("alice, SCOPE_read:contacts, REQUEST");
        assertThat(application.get("/contacts").statusCode()).isEqualTo(401);
    }

    @Test
    void async_decisionOfItsRequest_isKeptAndCountedOnce() throws Exception {
        long before = accepted();

        assertThat(application.getAs(token(), "/contacts/later").body())
                .isEqualTo("alice, SCOPE_read:contacts, ASYNC of REQUEST");
        assertThat(accepted()).isEqualTo(before + 1);
        assertThat(application.get("/contacts/later").statusCode()).isEqualTo(401);
    }

    private static long accepted() {
        return application
                .context()
                .getBean(MeterRegistry.class)
                .get("scopegate.requests")
                .tag("route", "GET /contacts/**")
                .tag("outcome", "accepted")
                .timers()
                .stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @Test
    void error_pageOfALetInRequest_isNotJudgedAgain() throws Exception {
        HttpResponse<String> failed = application.getAs(token(), "/contacts/broken");

        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).contains("\"path\":\"/contacts/broken\"");
        assertThat(application.getAs(token(), "/contacts/none/such").statusCode())
                .isEqualTo(404);
    }

    @Test
    void error_pageAskedForByAClient_isARequestLikeAnyOther() throws Exception {
        assertThat(application.get("/error").statusCode()).isEqualTo(401);
        assertThat(application.getAs(token(), "/error").statusCode()).isEqualTo(403);
    }

    /** A client that writes the fields of a proxy itself must not come to a path of its choice. */
    @ParameterizedTest
    @ValueSource(strings = {"/open", "/open/", "/open/..", "/open;x", "/open%2f..", "//"})
    void forwardedPrefix_forged_movesNoRule(String prefix) throws Exception {
        HttpResponse<String> answer = application.get("/contacts", "X-Forwarded-Prefix", prefix);

        assertThat(answer.statusCode()).isIn(400, 401);
        assertThat(answer.body()).doesNotContain("SCOPE_");
    }

    @Test
    void forwardedPrefix_ofAProxy_rulesAreRelativeToIt() throws Exception {
        HttpResponse<String> answer =
                application.get("/contacts", "X-Forwarded-Prefix", "/api", "Authorization", "Bearer " + token());

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @RestController
        static class Contacts {

            @GetMapping("/contacts")
            String contacts(ValidatedToken caller, HttpServletRequest request) {
                return caller.getName() + ", " + authority() + ", " + request.getDispatcherType();
            }

            @GetMapping("/contacts/later")
            Callable<String> later(HttpServletRequest request) {
                DispatcherType first = request.getDispatcherType();
                String authority = authority();
                return () -> request.getUserPrincipal().getName() + ", " + authority + ", ASYNC of " + first;
            }

            @GetMapping("/contacts/broken")
            String broken() {
                throw new IllegalStateException("broken");
            }

            private static String authority() {
                return SecurityContextHolder.getContext().getAuthentication().getAuthorities().stream()
                        .map(Object::toString)
                        .findFirst()
                        .orElse("");
            }
        }
    }
}
