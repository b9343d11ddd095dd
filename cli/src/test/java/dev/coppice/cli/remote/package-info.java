/** Tests of the commands on remotes, side by side with the real ostree. */
@NullMarked
package dev.coppice.cli.remote;

import org.jspecify.annotations.NullMarked;
