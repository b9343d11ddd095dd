package dev.coppice.reposerver.web;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.ref.RefAddress;
import dev.coppice.core.ref.RefPlace;
import dev.coppice.core.ref.RefPrefix;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The refs of a repository, without those of remotes, which clients are not served either. */
record RefList(Repo repo) {
  /**
   * A ref of the list.
   *
   * @param group its collection, or empty
   */
  record Ref(RefAddress address, String group) {
    String name() {
      return address.ref().name();
    }

    private boolean fits(String filter) {
      return name().toLowerCase(Locale.ROOT).contains(filter)
          || group.toLowerCase(Locale.ROOT).contains(filter);
    }
  }

  /** All of them: names only, nothing is read. */
  List<Ref> all() throws IOException {
    String own = repo.config().collection().map(id -> id.id()).orElse("");
    List<Ref> all = new ArrayList<>();
    for (RefSpec ref : repo.refs().names(RefPrefix.LOCAL)) {
      all.add(new Ref(ref, own));
    }
    Set<RefPlace> mirrors = Set.of(RefPlace.MIRRORS);
    for (CollectionRef ref : repo.refs().collectionNames(Optional.empty(), mirrors)) {
      all.add(new Ref(ref, ref.collection().id()));
    }
    return all;
  }

  /** Those that have a text in them, in whatever case. */
  static List<Ref> fitting(List<Ref> all, String filter) {
    String wanted = filter.toLowerCase(Locale.ROOT);
    return filter.isEmpty() ? all : all.stream().filter(ref -> ref.fits(wanted)).toList();
  }

  /** What a ref points to; empty when it is damaged. */
  Optional<Checksum> read(Ref ref) throws IOException {
    try {
      return repo.refs().read(ref.address());
    } catch (TreeException e) {
      return Optional.empty();
    }
  }
}
