package dev.scopegate.boot;

import static dev.scopegate.test.spring.ScopegateMockMvc.bearer;
import static dev.scopegate.test.spring.ScopegateMockMvc.caller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.matrix.HostileCase;
import dev.scopegate.test.matrix.HostileMatrix;
import dev.scopegate.test.spring.ScopegateMockMvc;
import dev.scopegate.test.spring.TrustTestIssuer;
import java.time.Duration;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** The slice of Spring MVC, whose issuer of production is moved to a {@link TestIssuer}: nothing else is said of the login here. */
@Timeout(120)
@Slice
@ContextConfiguration(classes = Application.class)
@TrustTestIssuer
@TestPropertySource(
        properties = {
            "scopegate.resource=https://api.example.com/contacts",
            "scopegate.issuers[0].issuer=https://login.example.com",
            "scopegate.routes[0].route=GET /contacts",
            "scopegate.routes[0].scopes=read:contacts",
            "scopegate.routes[1].route=DELETE /contacts/{id}",
            "scopegate.routes[1].access=authenticated"
        })
class TrustTestIssuerSliceIT {

    @Autowired
    MockMvc mvc;

    @Autowired
    TestIssuer issuer;

    @Autowired
    Application.Contacts contacts;

    @Test
    void list_callerWithTheScope_reachesTheHandler() throws Exception {
        mvc.perform(get("/contacts").with(caller("bob").scope("read:contacts")))
                .andExpect(status().isOk())
                .andExpect(content().string("contacts of bob"));
    }

    @Test
    void list_callerWithAnotherScope_refusedBeforeTheHandler() throws Exception {
        int before = contacts.reached();

        mvc.perform(get("/contacts").with(caller("bob").scope("read:notes")))
                .andExpect(status().isForbidden())
                .andExpect(header().string("WWW-Authenticate", Matchers.containsString("insufficient_scope")));
        assertThat(contacts.reached()).isEqualTo(before);
    }

    @Test
    void list_expiredToken_refusedBeforeTheHandler() throws Exception {
        int before = contacts.reached();

        mvc.perform(get("/contacts")
                        .with(bearer(issuer.token().scope("read:contacts").expiredBy(Duration.ofHours(1)))))
                .andExpect(status().isUnauthorized())
                .andExpect(header().string("WWW-Authenticate", Matchers.containsString("invalid_token")));
        assertThat(contacts.reached()).isEqualTo(before);
    }

    @Test
    void delete_scopesOfTheHandler_neededBesides() throws Exception {
        mvc.perform(delete("/contacts/7").with(caller("bob").scope("delete:contacts")))
                .andExpect(status().isOk())
                .andExpect(content().string("deleted 7"));
        mvc.perform(delete("/contacts/7").with(caller("bob").scope("read:contacts")))
                .andExpect(status().isForbidden());
    }

    @HostileMatrix(route = "GET /contacts", scopes = "read:contacts")
    void list_hostileRequest_answeredAsItHasToBe(HostileCase each) throws Exception {
        each.judge(ScopegateMockMvc.api(mvc), issuer);
    }
}
