package dev.scopegate.spring;

import dev.scopegate.model.ValidatedToken;
import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Handlers of each kind, for tests of what stands before them. */
@RestController
class ContactsController {

    @GetMapping("/contacts")
    String list(ValidatedToken caller) {
        return "contacts of " + caller.getName();
    }

    @DeleteMapping("/contacts/{id}")
    @RequireScopes("delete:contacts")
    String delete(@PathVariable String id) {
        return "deleted " + id;
    }

    @GetMapping("/contacts/{id}")
    @RequireScopes(any = {"read:contacts", "admin:contacts"})
    Callable<String> later(@PathVariable String id) {
        return () -> "contact " + id;
    }

    @GetMapping("/hello")
    String hello(Optional<ValidatedToken> caller) {
        return "hello " + caller.map(ValidatedToken::getName).orElse("stranger");
    }

    @GetMapping("/hello-you")
    String helloYou(ValidatedToken caller) {
        return "hello " + caller.getName();
    }

    @GetMapping("/principal")
    String principal(Principal caller) {
        return caller.getClass().getSimpleName();
    }
}
