package dev.scopegate.spring.slice;

import dev.scopegate.model.ValidatedToken;
import dev.scopegate.spring.RequireScopes;
import java.security.Principal;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The controller that is looked at; counts how often it was reached. */
@RestController
class ContactsController {

    private final AtomicInteger reached = new AtomicInteger();

    int reached() {
        return reached.get();
    }

    @GetMapping("/contacts")
    String list(ValidatedToken caller, Principal principal) {
        reached.incrementAndGet();
        return "contacts of " + caller.getName() + " = " + principal.getName();
    }

    @GetMapping("/contacts/{id}")
    @RequireScopes("read:details")
    String details(@PathVariable("id") String id, @AuthenticationPrincipal ValidatedToken caller) {
        reached.incrementAndGet();
        return "contact " + id + " of " + caller.getName();
    }
}
