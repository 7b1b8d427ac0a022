package dev.scopegate.spring.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.scopegate.test.TestIssuer;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.web.servlet.MockMvc;

/** One controller alone, as {@code @WebMvcTest} has it: it is protected as it is in the whole application. */
@WebMvcTest(controllers = ContactsController.class, properties = "spring.config.name=slice")
class WebMvcSliceTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @DynamicPropertySource
    static void login(DynamicPropertyRegistry properties) {
        properties.add("login", ISSUER::issuer);
    }

    @Autowired
    MockMvc mvc;

    @Autowired
    ContactsController contacts;

    @Autowired
    ApplicationContext context;

    private static String bearer(String scopes) {
        return "Bearer " + ISSUER.token().scope(scopes).sign();
    }

    @Test
    void list_withTheScope_reachesTheHandler() throws Exception {
        mvc.perform(get("/contacts").header("Authorization", bearer("read:contacts")))
                .andExpect(status().isOk())
                .andExpect(content().string("contacts of alice = alice"));
        assertThat(contacts.reached()).isPositive();
    }

    @Test
    void list_withoutAToken_refusedBeforeTheHandler() throws Exception {
        int before = contacts.reached();

        mvc.perform(get("/contacts"))
                .andExpect(status().isUnauthorized())
                .andExpect(header().string("WWW-Authenticate", Matchers.startsWith("Bearer ")));
        assertThat(contacts.reached()).isEqualTo(before);
    }

    @Test
    void list_withAnotherScope_refusedBeforeTheHandler() throws Exception {
        int before = contacts.reached();

        mvc.perform(get("/contacts").header("Authorization", bearer("read:notes")))
                .andExpect(status().isForbidden());
        assertThat(contacts.reached()).isEqualTo(before);
    }

    @Test
    void details_scopesOfTheHandler_neededBesides() throws Exception {
        mvc.perform(get("/contacts/7").header("Authorization", bearer("read:contacts read:details")))
                .andExpect(status().isOk())
                .andExpect(content().string("contact 7 of alice"));
        mvc.perform(get("/contacts/7").header("Authorization", bearer("read:contacts")))
                .andExpect(status().isForbidden());
    }

    @Test
    void slice_otherControllers_areNotInIt() {
        assertThat(context.getBeansOfType(NotesController.class)).isEmpty();
        assertThat(context.containsBean("springSecurityFilterChain")).isTrue();
    }

    @Test
    void slice_handlerThatNothingProtects_doesNotStart() {
        assertThatThrownBy(() -> new TestContextManager(Unprotected.class)
                        .getTestContext()
                        .getApplicationContext())
                .hasStackTraceContaining("NOTHING PROTECTS IT")
                .hasStackTraceContaining("GET /notes")
                .satisfies(failure -> assertThat(failure).rootCause().message().doesNotContain("GET /contacts →"));
    }

    /** A slice of an application whose rules say nothing of its handler, and let everybody in. */
    @WebMvcTest(
            controllers = NotesController.class,
            properties = {
                "spring.config.name=slice",
                "login=http://localhost:1",
                "scopegate.routes[0].route=GET /others",
                "scopegate.routes[0].scopes=read:others",
                "scopegate.default-access=public"
            })
    static class Unprotected {}
}
