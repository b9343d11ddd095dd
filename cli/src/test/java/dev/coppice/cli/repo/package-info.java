/** Tests of the commands on repositories, side by side with the real ostree where it applies. */
@NullMarked
package dev.coppice.cli.repo;

import org.jspecify.annotations.NullMarked;
