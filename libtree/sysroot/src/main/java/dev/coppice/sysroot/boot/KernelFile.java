package dev.coppice.sysroot.boot;

/**
 * One file that a boot needs.
 *
 * @param source its name in the tree's kernel directory
 * @param name its name in {@code /boot/ostree/STATEROOT-BOOTCSUM}
 */
public record KernelFile(String source, String name) {}
