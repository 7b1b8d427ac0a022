package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;

/**
 * One entry in the list of claims that are read as scopes, such as the roles of a user: each value becomes a scope, with a
 * prefix before it, for the rules to ask for.
 *
 * @param claim the name of the claim, or the names on the way to it with dots between them, such as
 *     {@code realm_access.roles}; names may hold dots themselves
 * @param prefix what stands before each value, such as {@code role:}; ends with one of {@code : / . _ -}
 */
public record ClaimMapping(String claim, String prefix) {

    public ClaimMapping {
        claim = requireNonNullElse(claim, "");
        prefix = requireNonNullElse(prefix, "");
    }

    /** Whether a scope of this name is one that the claim could grant. */
    public boolean grants(String scope) {
        return scope.length() > prefix.length() && scope.startsWith(prefix);
    }
}
