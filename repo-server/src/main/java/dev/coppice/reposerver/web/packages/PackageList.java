package dev.coppice.reposerver.web.packages;

import java.util.List;

/**
 * The packages of a commit, by name.
 *
 * @param source where the list is from, for people
 * @param complete whether these are all
 */
public record PackageList(
    PackageFormat format, String source, List<InstalledPackage> packages, boolean complete) {
  /** More packages than any tree has; what a list claims beyond them is not read. */
  static final int MOST = 20_000;

  /** Sorts. */
  public PackageList {
    packages = packages.stream().sorted().toList();
  }
}
