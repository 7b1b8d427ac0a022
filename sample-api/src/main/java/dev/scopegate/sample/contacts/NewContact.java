package dev.scopegate.sample.contacts;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * A contact as a client sends it; it cannot choose the id. Immutable.
 *
 * @param name 1 to 100 characters, not only blanks
 * @param email an address, 3 to 254 characters
 */
record NewContact(
        @NotBlank @Size(max = 100) String name,
        @NotBlank @Size(min = 3, max = 254) @Email String email) {

    Contact toContact() {
        return new Contact(0, name, email);
    }
}
