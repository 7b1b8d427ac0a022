package dev.scopegate.spring.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.scopegate.test.TestIssuer;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** A slice without a network: it starts, protects as ever, and says in a line and not in a stack trace what is missing. */
@ExtendWith(OutputCaptureExtension.class)
@WebMvcTest(controllers = ContactsController.class, properties = "spring.config.name=slice")
class UnreachableIssuerSliceTest {

    private static final TestIssuer GONE = gone();

    @Autowired
    MockMvc mvc;

    private static TestIssuer gone() {
        TestIssuer issuer = TestIssuer.start();
        issuer.stop();
        return issuer;
    }

    @DynamicPropertySource
    static void login(DynamicPropertyRegistry properties) {
        properties.add("login", GONE::issuer);
    }

    @Test
    void list_withoutAToken_refusedAsEver(CapturedOutput output) throws Exception {
        mvc.perform(get("/contacts"))
                .andExpect(status().isUnauthorized())
                .andExpect(header().string("WWW-Authenticate", Matchers.startsWith("Bearer ")));
        assertThat(output.getAll()).doesNotContain("ERROR").doesNotContain("\tat ");
    }

    @Test
    void list_withAToken_cannotBeDecided() throws Exception {
        mvc.perform(get("/contacts")
                        .header(
                                "Authorization",
                                "Bearer " + GONE.token().scope("read:contacts").sign()))
                .andExpect(status().isServiceUnavailable())
                .andExpect(header().exists("Retry-After"))
                .andExpect(header().doesNotExist("WWW-Authenticate"));
    }
}
