package dev.coppice.transfer.mirror;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which refs of an upstream are mirrored.
 *
 * @param include patterns, one of which must fit; empty: all refs
 * @param exclude patterns, none of which may fit
 * @param architectures the only ones that are mirrored; empty: all. A ref is of an architecture
 *     when the name of one is a part of the ref, as in {@code fedora/44/x86_64/base}; refs of none
 *     are always mirrored
 */
public record RefSelection(
    List<RefGlob> include, List<RefGlob> exclude, Set<String> architectures) {
  /** Everything. */
  public static final RefSelection ALL = new RefSelection(List.of(), List.of(), Set.of());

  /** Names of architectures in refs of Fedora, Debian, Flatpak and Yocto. */
  private static final Set<String> KNOWN =
      Set.of(
          "x86_64",
          "amd64",
          "i386",
          "i486",
          "i586",
          "i686",
          "aarch64",
          "arm64",
          "arm",
          "armhf",
          "armhfp",
          "armv7hl",
          "armv7",
          "armv6",
          "ppc64le",
          "ppc64el",
          "ppc64",
          "s390x",
          "riscv64",
          "loongarch64",
          "mips64el",
          "mips64",
          "mipsel",
          "ia64",
          "sparc64");

  /** Copies the collections. */
  public RefSelection {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    architectures = Set.copyOf(architectures);
    for (String each : architectures) {
      if (!KNOWN.contains(each)) {
        throw new Failure(
            ErrorCode.INPUT_INVALID,
            "Unknown architecture '" + each + "'",
            "Known in refs: " + String.join(", ", new TreeSet<>(KNOWN)) + ".");
      }
    }
  }

  /** Reads patterns. */
  public static RefSelection parse(
      List<String> include, List<String> exclude, List<String> architectures) {
    return new RefSelection(
        include.stream().map(RefGlob::parse).toList(),
        exclude.stream().map(RefGlob::parse).toList(),
        Set.copyOf(architectures));
  }

  /** Whether a ref is mirrored. */
  public boolean selects(String ref) {
    return (include.isEmpty() || include.stream().anyMatch(glob -> glob.fits(ref)))
        && exclude.stream().noneMatch(glob -> glob.fits(ref))
        && selectsArchitecture(ref);
  }

  private boolean selectsArchitecture(String ref) {
    if (architectures.isEmpty()) {
      return true;
    }
    List<String> found = Stream.of(ref.split("/")).filter(KNOWN::contains).toList();
    return found.isEmpty() || found.stream().anyMatch(architectures::contains);
  }
}
