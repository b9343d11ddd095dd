package dev.coppice.sysroot;

/**
 * Which of the two sets of boot entries is active, and which of the two sets of links below it.
 *
 * @param version 0 or 1: {@code /boot/loader} leads to {@code loader.VERSION}
 * @param sub 0 or 1: {@code /ostree/boot.VERSION} leads to {@code boot.VERSION.SUB}
 */
public record BootVersion(int version, int sub) {
  /** Checks both numbers. */
  public BootVersion {
    if ((version | sub) >>> 1 != 0) {
      throw new IllegalArgumentException("neither 0 nor 1: " + version + "." + sub);
    }
  }

  /** The name of the directory of links, below {@code /ostree}. */
  public String directory() {
    return "boot." + version + "." + sub;
  }

  /** The name of the link to it, below {@code /ostree}. */
  public String link() {
    return "boot." + version;
  }

  @Override
  public String toString() {
    return version + "." + sub;
  }
}
