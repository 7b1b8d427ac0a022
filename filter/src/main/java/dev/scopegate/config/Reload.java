package dev.scopegate.config;

import java.util.List;

/** What became of reading a configuration again. */
public sealed interface Reload {

    /**
     * The new configuration is in force.
     *
     * @param changes what is different, such as {@code issuer main removed}; empty if nothing is, and only keys and secrets
     *     were read anew
     */
    record Applied(List<String> changes) implements Reload {

        public Applied {
            changes = List.copyOf(changes);
        }
    }

    /**
     * The new configuration has mistakes, and the old one stays in force.
     *
     * @param problems the mistakes, one line for each; holds no secret
     */
    record Failed(String problems) implements Reload {}
}
