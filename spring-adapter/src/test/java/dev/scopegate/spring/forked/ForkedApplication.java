package dev.scopegate.spring.forked;

import dev.scopegate.model.ValidatedToken;
import dev.scopegate.spring.RequireScopes;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a user writes. */
@SpringBootApplication
public class ForkedApplication {

    /** Starts the application. */
    public static void main(String[] arguments) {
        SpringApplication.run(ForkedApplication.class, arguments);
    }

    /** The API. */
    @RestController
    public static class Contacts {

        /** Needs what its rule says. */
        @GetMapping("/contacts")
        public String list(ValidatedToken caller) {
            return "contacts of " + caller.getName();
        }

        /** Needs a scope of its own besides. */
        @GetMapping("/contacts/{id}")
        @RequireScopes("read:details")
        public String details(@PathVariable("id") String id, ValidatedToken caller) {
            return "contact " + id + " of " + caller.getName();
        }
    }
}
