package dev.scopegate.spring.slice;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** What a user writes; its configuration is in {@code slice.yaml}. */
@SpringBootApplication
class SliceApplication {}
