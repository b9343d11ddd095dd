package dev.coppice.sysroot;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Switches that the environment sets, for tests and for boot loaders with needs of their own. */
public enum SysrootFlag {
  /** {@code OSTREE_SYSROOT_OPTS=skip-sync}: nothing is forced to the disk. */
  SKIP_SYNC("skip-sync", true),
  /** {@code OSTREE_SYSROOT_OPTS=no-early-prune}: never make room in /boot before an update. */
  NO_EARLY_PRUNE("no-early-prune", true),
  /** {@code OSTREE_SYSROOT_OPTS=bootloader-naming-1}: entries have the stateroot in their name. */
  BOOTLOADER_NAMING_1("bootloader-naming-1", true),
  /** {@code OSTREE_SYSROOT_DEBUG=mutable-deployments}: roots do not get the immutable flag. */
  MUTABLE_DEPLOYMENTS("mutable-deployments", false),
  /** {@code OSTREE_SYSROOT_DEBUG=no-xattrs}: the /etc merge copies no extended attributes. */
  NO_XATTRS("no-xattrs", false),
  /** {@code OSTREE_SYSROOT_DEBUG=no-dtb}: device trees are not looked for. */
  NO_DTB("no-dtb", false);

  private final String word;
  private final boolean option;

  SysrootFlag(String word, boolean option) {
    this.word = word;
    this.option = option;
  }

  /**
   * Reads {@code OSTREE_SYSROOT_OPTS} and {@code OSTREE_SYSROOT_DEBUG}: words between colons,
   * semicolons, commas or blanks. "all" means every flag of the variable; other words mean nothing.
   */
  public static Set<SysrootFlag> of(Map<String, String> environment) {
    var flags = EnumSet.noneOf(SysrootFlag.class);
    add(flags, environment.getOrDefault("OSTREE_SYSROOT_OPTS", ""), true);
    add(flags, environment.getOrDefault("OSTREE_SYSROOT_DEBUG", ""), false);
    return flags;
  }

  private static void add(Set<SysrootFlag> flags, String words, boolean option) {
    for (String word : words.split("[:;, \t]+")) {
      for (SysrootFlag flag : values()) {
        if (flag.option == option && (word.equalsIgnoreCase(flag.word) || word.equals("all"))) {
          flags.add(flag);
        }
      }
    }
  }
}
