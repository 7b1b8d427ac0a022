package dev.scopegate.spring.slice;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A controller that is in the application and not in the slice. */
@RestController
class NotesController {

    @GetMapping("/notes")
    String notes() {
        return "notes";
    }
}
