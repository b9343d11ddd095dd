package dev.coppice.reposerver.web.packages;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The packages that rpm-ostree writes into the metadata of a commit: {@code a(sssss)} of name,
 * epoch, version, release and architecture. Source: {@code rpmostree_create_rpmdb_pkglist_variant}.
 */
final class RpmMetadata {
  static final String KEY = "rpmostree.rpmdb.pkglist";

  private static final VariantType LIST = VariantType.of("a(sssss)");

  private RpmMetadata() {}

  static Optional<PackageList> of(Commit commit) {
    return commit.metadata().lookup(KEY, LIST).map(RpmMetadata::list);
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
    String epoch = entry.child(1).asString();
    String prefix = epoch.isEmpty() || epoch.equals("0") ? "" : epoch + ":";
    String version = entry.child(2).asString() + "-" + entry.child(3).asString();
    return new InstalledPackage(
        entry.child(0).asString(), prefix + version, entry.child(4).asString());
  }
}
