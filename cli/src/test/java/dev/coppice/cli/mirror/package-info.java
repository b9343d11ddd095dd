/** Tests of the commands that make copies for others to pull from. */
@NullMarked
package dev.coppice.cli.mirror;

import org.jspecify.annotations.NullMarked;
