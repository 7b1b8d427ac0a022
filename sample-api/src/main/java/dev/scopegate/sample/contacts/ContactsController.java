package dev.scopegate.sample.contacts;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists, shows, creates and deletes contacts. Does not check who may: that happened before a request comes here. */
@RestController
@Tag(name = "Contacts")
@RequestMapping("/contacts")
class ContactsController {

    private static final Logger LOG = LoggerFactory.getLogger(ContactsController.class);

    private final Contacts contacts;

    ContactsController(Contacts contacts) {
        this.contacts = contacts;
    }

    /** One page of contacts by id; a page past the end is empty. */
    @Operation(summary = "One page of the contacts, by id")
    @GetMapping
    List<Contact> list(
            @RequestParam(defaultValue = "0") @Min(0) @Max(1_000_000) int page,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int size,
            @Nullable Principal caller) {
        // In shadow mode those come here too whom the rules would refuse.
        LOG.info("{} lists the contacts", caller == null ? "somebody" : caller.getName());
        return contacts.findAll(PageRequest.of(page, size, Sort.by("id"))).getContent();
    }

    @Operation(summary = "One contact")
    @ApiResponse(responseCode = "200", description = "The contact")
    @ApiResponse(responseCode = "404", description = "No contact has this id", content = @Content)
    @GetMapping("/{id}")
    Contact show(@PathVariable long id) {
        return contacts.findById(id).orElseThrow(UnknownContactException::new);
    }

    @Operation(summary = "A new contact")
    @ApiResponse(responseCode = "201", description = "Made; the field Location says where it is")
    @ApiResponse(
            responseCode = "400",
            description = "Not a contact; the answer says which field is wrong",
            content = @Content)
    @PostMapping
    ResponseEntity<Contact> create(@Valid @RequestBody NewContact newContact) {
        Contact created = contacts.save(newContact.toContact());
        return ResponseEntity.created(URI.create("/contacts/" + created.id())).body(created);
    }

    @Operation(summary = "One contact goes for good")
    @ApiResponse(responseCode = "204", description = "Gone")
    @ApiResponse(responseCode = "404", description = "No contact has this id", content = @Content)
    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(@PathVariable long id) {
        if (!contacts.existsById(id)) {
            throw new UnknownContactException();
        }
        contacts.deleteById(id);
        return ResponseEntity.noContent().build();
    }
}
