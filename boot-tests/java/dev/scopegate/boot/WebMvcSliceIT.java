package dev.scopegate.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.scopegate.test.TestIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** The slice of Spring MVC, without Spring Security: it is protected as the whole application is. */
@Slice
@ContextConfiguration(classes = Application.class)
class WebMvcSliceIT {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @Autowired
    MockMvc mvc;

    @Autowired
    Application.Contacts contacts;

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry properties) {
        properties.add("scopegate.resource", () -> "https://api.example.com/contacts");
        properties.add("scopegate.issuers[0].issuer", ISSUER::issuer);
        properties.add("scopegate.http.allow-insecure-loopback", () -> true);
        properties.add("scopegate.routes[0].route", () -> "GET /contacts/**");
        properties.add("scopegate.routes[0].scopes", () -> "read:contacts");
    }

    @Test
    void list_withTheScope_reachesTheHandler() throws Exception {
        String token = ISSUER.token().scope("read:contacts").sign();

        mvc.perform(get("/contacts").header("Authorization", "Bearer " + token))
                .andExpect(status().isOk())
                .andExpect(content().string("contacts of alice"));
    }

    @Test
    void list_withoutAToken_refusedBeforeTheHandler() throws Exception {
        int before = contacts.reached();

        mvc.perform(get("/contacts"))
                .andExpect(status().isUnauthorized())
                .andExpect(header().exists("WWW-Authenticate"));
        assertThat(contacts.reached()).isEqualTo(before);
    }
}
