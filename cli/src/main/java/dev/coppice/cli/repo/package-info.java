/** Commands that work on a repository: one class a command, and the renderers of their results. */
@NullMarked
package dev.coppice.cli.repo;

import org.jspecify.annotations.NullMarked;
