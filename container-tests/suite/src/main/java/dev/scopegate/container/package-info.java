/**
 * The suite: what a servlet container must do with one unsuspecting web application once the jars of Scopegate and a
 * {@code scopegate.yaml} have been added to it.
 *
 * <pre>
 * com.example.contacts ─┐
 * webapp-lib/target/lib ┼─WebApplication─▶ exploded WAR ─ServletContainer─▶ RunningContainer ◀─Client─ the contracts
 * scopegate.yaml ───────┘
 * </pre>
 *
 * <p>A module for each container implements {@link dev.scopegate.container.ServletContainer} and runs
 * {@link dev.scopegate.container.ProtectionContract}, {@link dev.scopegate.container.StartContract}, {@link
 * dev.scopegate.container.UpgradeContract} where there are WebSockets, and the path test of {@code differential}. Nothing
 * here can see the filter: only the class loader of the web application loads it.
 */
@NullMarked
package dev.scopegate.container;

import org.jspecify.annotations.NullMarked;
