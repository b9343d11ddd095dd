/**
 * What a boot loader sees: kernels in {@code /boot/ostree}, entries in {@code /boot/loader}, and
 * the links in {@code /ostree/boot.N} through which kernel arguments find deployments.
 *
 * <p>{@link BootUpdate} replaces all of it in one step: everything new is written beside what is in
 * force and forced to the disk, then one symbolic link is renamed. A crash before leaves the old
 * state, a crash after it the new one.
 *
 * <p>Source: {@code ostree_sysroot_write_deployments_with_options} and what it calls.
 */
@NullMarked
package dev.coppice.sysroot.boot;

import org.jspecify.annotations.NullMarked;
