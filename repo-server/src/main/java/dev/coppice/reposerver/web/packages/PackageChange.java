package dev.coppice.reposerver.web.packages;

import java.util.Optional;

/**
 * A difference between two lists of packages.
 *
 * @param from what the older list has; empty when it is new
 * @param to what the newer list has; empty when it is gone
 */
public record PackageChange(
    Kind kind, Optional<InstalledPackage> from, Optional<InstalledPackage> to) {
  /** What happened to a package. */
  public enum Kind {
    /** It is new. */
    ADDED,
    /** It is gone. */
    REMOVED,
    /** Its version is newer. */
    UPGRADED,
    /** Its version is older. */
    DOWNGRADED,
    /** It is of another architecture, its version is as new as before. */
    REPLACED
  }

  /** The name of the package. */
  public String name() {
    return to.or(() -> from).orElseThrow().name();
  }
}
