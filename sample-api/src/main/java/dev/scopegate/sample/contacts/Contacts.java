package dev.scopegate.sample.contacts;

import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.ListPagingAndSortingRepository;

/** The stored contacts; Spring Data writes the queries. */
interface Contacts extends ListCrudRepository<Contact, Long>, ListPagingAndSortingRepository<Contact, Long> {}
