package dev.scopegate.spring;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Scopegate and Spring Security live together: {@code scopegate.security}.
 *
 * @param context Whether Spring Security's context holds the caller that Scopegate let through.
 * @param authorityPrefix What stands before a scope in the name of an authority.
 */
public record SecurityProperties(
        @DefaultValue("true") boolean context,
        @DefaultValue("SCOPE_") String authorityPrefix) {}
