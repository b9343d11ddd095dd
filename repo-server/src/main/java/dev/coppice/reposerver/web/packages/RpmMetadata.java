package dev.coppice.reposerver.web.packages;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The packages that rpm-ostree writes into the metadata of a commit: {@code a(sssss)} of name,
 * epoch, version, release and architecture, the epoch as text so that no order of bytes matters.
 * Source: {@code rpmostree_create_rpmdb_pkglist_variant}. Others have written {@code a(stsss)},
 * with a number in whichever order of bytes.
 */
final class RpmMetadata {
  static final String KEY = "rpmostree.rpmdb.pkglist";

  /** No part of a real package's name is longer. */
  private static final int LONGEST = 300;

  private static final VariantType LIST = VariantType.of("a(sssss)");
  private static final VariantType WITH_NUMBERS = VariantType.of("a(stsss)");
  private static final VariantType NUMBERED = VariantType.of("(stsss)");

  private RpmMetadata() {}

  static Optional<PackageList> of(Commit commit) {
    return commit
        .metadata()
        .lookup(KEY, LIST)
        .or(() -> commit.metadata().lookup(KEY, WITH_NUMBERS))
        .map(RpmMetadata::list);
  }

  private static PackageList list(Variant entries) {
    int count = entries.childCount();
    List<InstalledPackage> packages = new ArrayList<>();
    for (int i = 0; i < Math.min(count, PackageList.MOST); i++) {
      packages.add(entry(entries.child(i)));
    }
    return new PackageList(
        PackageFormat.RPM, "the commit's metadata", packages, count <= PackageList.MOST);
  }

  private static InstalledPackage entry(Variant entry) {
    String epoch = entry.type().equals(NUMBERED) ? epoch(entry.child(1)) : text(entry, 1);
    String prefix = epoch.isEmpty() || epoch.equals("0") ? "" : epoch + ":";
    String version = text(entry, 2) + "-" + text(entry, 3);
    return new InstalledPackage(text(entry, 0), prefix + version, text(entry, 4));
  }

  /** Epochs are small: read in the wrong order of bytes they are huge. */
  private static String epoch(Variant number) {
    long read = number.asUint64();
    long swapped = Long.reverseBytes(read);
    return Long.toUnsignedString(Long.compareUnsigned(read, swapped) <= 0 ? read : swapped);
  }

  private static String text(Variant entry, int index) {
    String text = entry.child(index).asString();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
