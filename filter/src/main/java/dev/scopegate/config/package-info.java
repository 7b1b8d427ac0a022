/**
 * The configuration: one tree of records, read from {@code scopegate.yaml} or bound by a framework, and the rules that it
 * has to obey before a server is built from it. The only room that knows YAML. No request ever enters here.
 *
 * <pre>
 * scopegate.yaml ──ConfigReader──▶ LoadedConfig ──ConfigChecks──▶ problems, or none
 * </pre>
 */
@NullMarked
package dev.scopegate.config;

import org.jspecify.annotations.NullMarked;
