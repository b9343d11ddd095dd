package dev.coppice.sysroot.boot;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixNames;
import dev.coppice.sysroot.Sysroot;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Boot loaders that OSTree knows, by the words of {@code sysroot.bootloader}. */
public enum Bootloader {
  /** Look which one is there. */
  AUTO,
  /** One that reads the entries of the Boot Loader Specification by itself. */
  NONE,
  /** GRUB 2 with a generated configuration. */
  GRUB2,
  /** syslinux and extlinux. */
  SYSLINUX,
  /** Android boot images. */
  ABOOT,
  /** U-Boot with uEnv.txt. */
  UBOOT,
  /** zipl of s390x. */
  ZIPL;

  private static final String BOOTUPD_STATE = "boot/bootupd-state.json";
  private static final long LARGEST_STATE = 1 << 20;

  /** The word in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The boot loader of a word. */
  static Optional<Bootloader> of(String word) {
    for (Bootloader each : values()) {
      if (each.word().equals(word)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /**
   * Makes sure that plain boot entries are all that is needed to update the boot loader.
   *
   * @throws Failure with {@link ErrorCode#SYSROOT_INVALID} that names the boot loader, when its
   *     configuration would have to be written
   */
  public static void requirePlain(Sysroot sysroot) throws IOException {
    Bootloader configured = BootSettings.of(sysroot).bootloader();
    Bootloader used = configured == AUTO ? probe(sysroot) : configured;
    if (used != NONE) {
      throw new Failure(
          ErrorCode.SYSROOT_INVALID,
          "The boot loader "
              + used.word()
              + (configured == AUTO ? " was found in /boot" : " is set as sysroot.bootloader")
              + ", and this build writes plain boot entries only; nothing was changed",
          "If it reads boot entries by itself, say so: 'config set sysroot.bootloader none'.");
    }
  }

  /** Which boot loader has files in /boot; the order is the real tool's. */
  private static Bootloader probe(Sysroot sysroot) throws IOException {
    Fd root = sysroot.root();
    if (Fs.statIfExists(root, "boot/syslinux/syslinux.cfg") != null) {
      return SYSLINUX;
    }
    if (!hasStaticGrubConfiguration(root) && hasGrub(root)) {
      return GRUB2;
    }
    return Fs.statIfExists(root, "boot/loader/uEnv.txt") != null ? UBOOT : NONE;
  }

  /** bootupd can install a GRUB that reads the entries by itself, and writes down that it did. */
  private static boolean hasStaticGrubConfiguration(Fd root) throws IOException {
    try (Fd file = Fs.openIfExists(root, BOOTUPD_STATE, OpenFlags.O_RDONLY)) {
      if (file == null) {
        return false;
      }
      String state = PosixNames.decode(Io.readAll(file, LARGEST_STATE));
      return state.contains("\"static-configs\"") && !state.contains("\"static-configs\":null");
    }
  }

  private static boolean hasGrub(Fd root) throws IOException {
    if (exists(root, "boot/grub/grub.cfg") || exists(root, "boot/grub2/grub.cfg")) {
      return true;
    }
    try (Fd vendors = Fs.openIfExists(root, "boot/efi/EFI", OpenFlags.O_DIRECTORY)) {
      if (vendors == null) {
        return false;
      }
      for (DirEntry vendor : DirStream.list(vendors)) {
        if (!vendor.name().equals("BOOT") && exists(vendors, vendor.name() + "/grub.cfg")) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean exists(Fd directory, String path) throws IOException {
    return Fs.access(directory, path, Fs.F_OK);
  }
}
