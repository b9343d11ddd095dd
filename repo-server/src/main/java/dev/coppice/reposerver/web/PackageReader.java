package dev.coppice.reposerver.web;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.repo.Repo;
import dev.coppice.reposerver.web.packages.PackageList;
import dev.coppice.reposerver.web.packages.PackageSource;
import java.io.IOException;
import java.util.Optional;

/** Finds the packages of commits, and keeps a few lists: readers filter them and turn pages. */
final class PackageReader {
  private static final int KEPT = 8;

  private final PackageSource source;
  private final BoundedCache<Checksum, PackageList> kept = new BoundedCache<>(KEPT);

  PackageReader(Repo repo) {
    source = new PackageSource(repo);
  }

  /** The packages of a commit; empty when nothing says which they are. */
  Optional<PackageList> of(Checksum checksum, Commit commit) throws IOException {
    PackageList list = kept.get(checksum);
    if (list != null) {
      return Optional.of(list);
    }
    Optional<PackageList> read = source.of(commit);
    read.ifPresent(found -> kept.put(checksum, found));
    return read;
  }
}
