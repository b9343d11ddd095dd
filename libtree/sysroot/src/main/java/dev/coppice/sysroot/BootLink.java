package dev.coppice.sysroot;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.sysroot.bls.BootEntry;

/**
 * The link through which the kernel argument {@code ostree=} finds its deployment: {@code
 * /ostree/boot.VERSION/STATEROOT/BOOTCSUM/SERIAL}.
 *
 * @param version the boot version, 0 or 1
 * @param stateroot the stateroot
 * @param checksum the boot checksum
 * @param serial tells apart deployments that boot from the same files, from 0
 */
public record BootLink(int version, String stateroot, String checksum, int serial) {
  private static final String ARGUMENT = "ostree=";
  private static final String PREFIX = "/ostree/boot.";

  /**
   * The link of a boot entry.
   *
   * @throws Failure with {@link ErrorCode#SYSROOT_INVALID}
   */
  static BootLink ofEntry(BootEntry entry) {
    for (String word : entry.get(BootEntry.OPTIONS).orElse("").split(" ")) {
      if (word.startsWith(ARGUMENT)) {
        return parse(word.substring(ARGUMENT.length()));
      }
    }
    throw new Failure(
        ErrorCode.SYSROOT_INVALID,
        "loading sysroot: No ostree= kernel argument found",
        "Look at "
            + entry.fileName().orElse("the boot entry")
            + " in /boot/loader/entries; it has a name of OSTree's but no such argument.");
  }

  /** Reads the value of the kernel argument. */
  private static BootLink parse(String value) {
    String[] parts = value.split("/", -1);
    if (value.startsWith(PREFIX)
        && parts.length == 6
        && !parts[3].isEmpty()
        && !parts[4].isEmpty()
        && isNumber(parts[5])) {
      String version = parts[2].substring("boot.".length());
      if (version.equals("0") || version.equals("1")) {
        return new BootLink(
            Integer.parseInt(version), parts[3], parts[4], Integer.parseInt(parts[5]));
      }
    }
    throw new Failure(
        ErrorCode.SYSROOT_INVALID,
        "loading sysroot: Invalid ostree= argument '"
            + value
            + "', expected ostree=/ostree/boot.BOOTVERSION/OSNAME/BOOTCSUM/TREESERIAL",
        "");
  }

  /** At most nine digits, so that it fits an int. */
  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() < 10
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The link's path, relative to the sysroot. */
  public String path() {
    return "ostree/boot." + version + "/" + stateroot + "/" + checksum + "/" + serial;
  }

  /** The kernel argument that leads here. */
  public String argument() {
    return ARGUMENT + "/" + path();
  }
}
