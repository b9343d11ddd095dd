/** Commands that configure the remotes of a repository. */
@NullMarked
package dev.coppice.cli.remote;

import org.jspecify.annotations.NullMarked;
