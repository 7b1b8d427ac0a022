package dev.scopegate.sample.contacts;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * A contact as a client sends it; it cannot choose the id. Immutable.
 *
 * @param name 1 to 100 characters, not only blanks, no control characters: PostgreSQL cannot store a NUL, and a line break
 *     would write lines of its own wherever names are listed
 * @param email an address, 3 to 254 characters, no control characters
 */
record NewContact(
        @NotBlank @Size(max = 100) @Pattern(regexp = PRINTABLE, message = "must not hold control characters")
        String name,

        @NotBlank
        @Size(min = 3, max = 254)
        @Email
        @Pattern(regexp = PRINTABLE, message = "must not hold control characters")
        String email) {

    private static final String PRINTABLE = "^[^\\x00-\\x1f\\x7f]*$";

    Contact toContact() {
        return new Contact(0, name, email);
    }
}
