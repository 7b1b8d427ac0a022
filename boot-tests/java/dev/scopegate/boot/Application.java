package dev.scopegate.boot;

import dev.scopegate.model.ValidatedToken;
import dev.scopegate.spring.RequireScopes;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a user of the starter writes. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Application {

    /** The API, which counts how often it was reached. Spring takes it with the class around it. */
    @RestController
    static class Contacts {

        private final AtomicInteger reached = new AtomicInteger();

        int reached() {
            return reached.get();
        }

        @GetMapping("/contacts")
        String list(ValidatedToken caller) {
            reached.incrementAndGet();
            return "contacts of " + caller.getName();
        }

        @GetMapping("/notes")
        @RequireScopes("read:notes")
        String notes() {
            return "notes";
        }

        @DeleteMapping("/contacts/{id}")
        @RequireScopes("delete:contacts")
        String delete(@PathVariable("id") String id) {
            return "deleted " + id;
        }
    }
}
