package dev.scopegate.spring;

import static dev.scopegate.test.spring.ScopegateMockMvc.api;
import static dev.scopegate.test.spring.ScopegateMockMvc.bearer;
import static dev.scopegate.test.spring.ScopegateMockMvc.caller;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.servlet.ScopegateFilter;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.matrix.HostileCase;
import dev.scopegate.test.matrix.HostileMatrix;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** The kit's MockMvc without a Spring context: controllers alone, with the filter in front of them. */
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
            .setCustomArgumentResolvers(new CallerArgument())
            .addFilters(new ScopegateFilter(SERVER))
            .build();

    @HostileMatrix(route = "GET /contacts", scopes = "read:contacts")
    void contacts_caseOfTheMatrix_answeredAsItHasToBe(HostileCase each) throws Exception {
        each.judge(api(mvc), ISSUER);
    }

    @Test
    void bearer_goodTokenAndItsExpiredTwin_passesAndIsRefused() throws Exception {
        mvc.perform(get("/contacts").with(bearer(ISSUER.token().subject("bob").scope("read:contacts"))))
                .andExpect(status().isOk())
                .andExpect(content().string("contacts of bob"));
        mvc.perform(get("/contacts")
                        .with(bearer(ISSUER.token().scope("read:contacts").expiredBy(Duration.ofHours(1)))))
                .andExpect(status().isUnauthorized());
    }

    @Test
    void bearer_afterAnotherToken_takesItsPlace() throws Exception {
        mvc.perform(get("/contacts")
                        .header("Authorization", "Bearer else")
                        .with(bearer(ISSUER.token().scope("read:contacts").sign())))
                .andExpect(status().isOk());
    }

    @Test
    void caller_noIssuerInAContext_saysWhatToDo() {
        assertThatThrownBy(() -> mvc.perform(get("/contacts").with(caller("alice"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@TrustTestIssuer");
    }
}
