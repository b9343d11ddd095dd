/**
 * The {@code admin} commands: deployments of a system root.
 *
 * <p>{@link AdminSession} opens, locks and loads the system root as every command needs it, and
 * prints what happens.
 */
@NullMarked
package dev.coppice.cli.admin;

import org.jspecify.annotations.NullMarked;
