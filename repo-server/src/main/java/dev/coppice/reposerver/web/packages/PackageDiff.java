package dev.coppice.reposerver.web.packages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares two lists of packages. Packages that a tree may have several versions of, such as
 * kernels, are told as added and removed: which of them replaced which nobody knows.
 */
public final class PackageDiff {
  private final PackageFormat format;
  private final List<PackageChange> changes = new ArrayList<>();

  /** The packages of one name that are on one side only. */
  private record Left(List<InstalledPackage> from, List<InstalledPackage> to) {}

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
    var diff = new PackageDiff(from.format());
    Set<InstalledPackage> old = new HashSet<>(from.packages());
    Set<InstalledPackage> young = new HashSet<>(to.packages());
    Map<String, Left> names = new TreeMap<>();
    for (InstalledPackage each : from.packages()) {
      if (!young.contains(each)) {
        left(names, each).from().add(each);
      }
    }
    for (InstalledPackage each : to.packages()) {
      if (!old.contains(each)) {
        left(names, each).to().add(each);
      }
    }
    names.values().forEach(diff::compare);
    return diff.changes;
  }

  private static Left left(Map<String, Left> names, InstalledPackage each) {
    return names.computeIfAbsent(
        each.name(), name -> new Left(new ArrayList<>(), new ArrayList<>()));
  }

  private void compare(Left left) {
    List<InstalledPackage> from = new ArrayList<>(left.from());
    List<InstalledPackage> to = new ArrayList<>(left.to());
    // Libraries of several architectures change side by side.
    for (InstalledPackage old : left.from()) {
      List<InstalledPackage> same = ofArch(left.to(), old.arch());
      if (ofArch(left.from(), old.arch()).size() == 1 && same.size() == 1) {
        changed(old, same.getFirst());
        from.remove(old);
        to.remove(same.getFirst());
      }
    }
    if (from.size() == 1 && to.size() == 1) {
      changed(from.getFirst(), to.getFirst());
      return;
    }
    Comparator<InstalledPackage> order =
        Comparator.comparing(InstalledPackage::version, format.versions());
    from.stream()
        .sorted(order)
        .forEach(each -> add(PackageChange.Kind.REMOVED, Optional.of(each), Optional.empty()));
    to.stream()
        .sorted(order)
        .forEach(each -> add(PackageChange.Kind.ADDED, Optional.empty(), Optional.of(each)));
  }

  private static List<InstalledPackage> ofArch(List<InstalledPackage> packages, String arch) {
    return packages.stream().filter(each -> each.arch().equals(arch)).toList();
  }

  private void changed(InstalledPackage old, InstalledPackage young) {
    int order = format.versions().compare(old.version(), young.version());
    PackageChange.Kind kind =
        order < 0
            ? PackageChange.Kind.UPGRADED
            : order > 0 ? PackageChange.Kind.DOWNGRADED : PackageChange.Kind.REPLACED;
    add(kind, Optional.of(old), Optional.of(young));
  }

  private void add(
      PackageChange.Kind kind, Optional<InstalledPackage> from, Optional<InstalledPackage> to) {
    changes.add(new PackageChange(kind, from, to));
  }
}
