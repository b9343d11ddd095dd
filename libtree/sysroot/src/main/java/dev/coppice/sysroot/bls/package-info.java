/**
 * Entries of the Boot Loader Specification as OSTree writes and reads them ({@code
 * /boot/loader/entries/ostree-N.conf}): content, names of the files, and their order. Pure: bytes
 * in, values out.
 *
 * <p>Sources: the specification
 * (https://uapi-group.org/specifications/specs/boot_loader_specification/), {@code
 * ostree-bootconfig-parser.c}, {@code bootloader_entry_filename}.
 */
@NullMarked
package dev.coppice.sysroot.bls;

import org.jspecify.annotations.NullMarked;
