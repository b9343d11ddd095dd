package dev.coppice.reposerver.web.packages;

/**
 * A package as a tree has it.
 *
 * @param version as its format writes it: {@code [EPOCH:]VERSION-RELEASE}
 * @param arch for example {@code x86_64}, {@code noarch}, {@code all}; may be empty
 */
public record InstalledPackage(String name, String version, String arch)
    implements Comparable<InstalledPackage> {
  @Override
  public int compareTo(InstalledPackage other) {
    int order = name.compareTo(other.name);
    if (order == 0) {
      order = arch.compareTo(other.arch);
    }
    return order != 0 ? order : version.compareTo(other.version);
  }
}
