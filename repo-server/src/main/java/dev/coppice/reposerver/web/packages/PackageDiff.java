package dev.coppice.reposerver.web.packages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares two lists of packages. Packages that a tree may have several versions of, such as
 * kernels, are told as added and removed: which of them replaced which nobody knows.
 */
public final class PackageDiff {
  /** Real trees have a handful; a list that is made to do harm must not cost its square. */
  private static final int MOST_OF_ONE_NAME = 100;

  private final PackageFormat format;
  private final List<PackageChange> changes = new ArrayList<>();

  /** The packages of one name. */
  private record Sides(List<InstalledPackage> from, List<InstalledPackage> to) {}

  private PackageDiff(PackageFormat format) {
    this.format = format;
  }

  /**
   * The changes from one list to another, by name.
   *
   * @throws IllegalArgumentException when the lists are of different formats
   */
  public static List<PackageChange> of(PackageList from, PackageList to) {
    if (from.format() != to.format()) {
      throw new IllegalArgumentException("packages of different formats");
    }
    Map<String, Sides> names = new TreeMap<>();
    from.packages().forEach(each -> sides(names, each).from().add(each));
    to.packages().forEach(each -> sides(names, each).to().add(each));
    var diff = new PackageDiff(from.format());
    names.values().forEach(diff::compare);
    return diff.changes;
  }

  private static Sides sides(Map<String, Sides> names, InstalledPackage each) {
    return names.computeIfAbsent(
        each.name(), name -> new Sides(new ArrayList<>(), new ArrayList<>()));
  }

  private void compare(Sides sides) {
    List<InstalledPackage> from = new ArrayList<>(sides.from());
    List<InstalledPackage> to = new ArrayList<>(sides.to());
    from.removeAll(new HashSet<>(sides.to()));
    to.removeAll(new HashSet<>(sides.from()));
    if (sides.from().size() == 1 && sides.to().size() == 1) {
      pair(from, to);
      return;
    }
    if (sides.from().size() + sides.to().size() <= MOST_OF_ONE_NAME) {
      pairByArch(sides, from, to);
    }
    from.stream().sorted(byVersion()).forEach(this::removed);
    to.stream().sorted(byVersion()).forEach(this::added);
  }

  /** Libraries of several architectures change side by side. */
  private void pairByArch(Sides sides, List<InstalledPackage> from, List<InstalledPackage> to) {
    for (InstalledPackage old : List.copyOf(from)) {
      List<InstalledPackage> before = ofArch(sides.from(), old.arch());
      List<InstalledPackage> after = ofArch(sides.to(), old.arch());
      if (before.size() == 1 && after.size() == 1) {
        pair(before, after);
        from.remove(old);
        to.removeAll(after);
      }
    }
  }

  private Comparator<InstalledPackage> byVersion() {
    return Comparator.comparing(InstalledPackage::version, format.versions());
  }

  private static List<InstalledPackage> ofArch(List<InstalledPackage> packages, String arch) {
    return packages.stream().filter(each -> each.arch().equals(arch)).toList();
  }

  /** Two lists of one package each, or none where it is the same on both sides. */
  private void pair(List<InstalledPackage> from, List<InstalledPackage> to) {
    if (from.isEmpty()) {
      return;
    }
    InstalledPackage old = from.getFirst();
    InstalledPackage young = to.getFirst();
    int order = format.versions().compare(old.version(), young.version());
    PackageChange.Kind kind =
        order < 0
            ? PackageChange.Kind.UPGRADED
            : order > 0 ? PackageChange.Kind.DOWNGRADED : PackageChange.Kind.REPLACED;
    changes.add(new PackageChange(kind, Optional.of(old), Optional.of(young)));
  }

  private void removed(InstalledPackage each) {
    changes.add(new PackageChange(PackageChange.Kind.REMOVED, Optional.of(each), Optional.empty()));
  }

  private void added(InstalledPackage each) {
    changes.add(new PackageChange(PackageChange.Kind.ADDED, Optional.empty(), Optional.of(each)));
  }
}
