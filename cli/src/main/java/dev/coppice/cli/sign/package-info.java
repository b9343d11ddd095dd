/** Signing, and what is said of signatures: {@code sign}, {@code gpg-sign} and their kin. */
@NullMarked
package dev.coppice.cli.sign;

import org.jspecify.annotations.NullMarked;
