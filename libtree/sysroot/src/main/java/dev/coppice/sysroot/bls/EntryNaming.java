package dev.coppice.sysroot.bls;

/**
 * How the files of boot entries are named.
 *
 * <p>GRUB orders entries by the names of their files, so the name leads with the number that is
 * highest for the default. Since 2024.5 the name has no stateroot; the older form is for boot
 * loaders that know it only.
 *
 * @param withStateroot the older form, {@code ostree-N-STATEROOT}
 * @param maxTries attempts of a new entry when boot counting is on, 1 to 5; 0 when it is off
 */
public record EntryNaming(boolean withStateroot, int maxTries) {
  /**
   * The file name of an entry.
   *
   * @param number 1 for the last entry of the list, and so on up
   */
  public String fileName(int number, String stateroot, BootEntry entry) {
    String base = "ostree-" + number + (withStateroot ? "-" + stateroot : "");
    if (maxTries == 0) {
      return base + ".conf";
    }
    if (entry.fileName().isEmpty()) {
      return base + "+" + maxTries + ".conf";
    }
    BootTries tries = entry.tries();
    if (tries.isNone()) {
      return base + ".conf";
    }
    return base
        + "+"
        + Long.toUnsignedString(tries.left())
        + "-"
        + Long.toUnsignedString(tries.done())
        + ".conf";
  }
}
