package dev.scopegate.sample.contacts;

import org.springframework.data.annotation.Id;

/**
 * One contact, a row of the table {@code contact}. Immutable.
 *
 * @param id given by the database, from 1; 0 while not yet stored
 * @param name 1 to 100 characters
 * @param email 3 to 254 characters
 */
record Contact(@Id long id, String name, String email) {}
