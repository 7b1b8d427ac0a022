/**
 * The command line: checks, lists and explains a configuration without a server, and compares it with an OpenAPI document.
 * Reads and asks by the same code that judges requests; decides nothing itself.
 */
@NullMarked
package dev.scopegate.cli;

import org.jspecify.annotations.NullMarked;
