package dev.coppice.transfer.mirror;

import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.ref.RefAddress;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.repo.Repo;
import java.util.Comparator;
import java.util.Optional;

/**
 * A ref of an upstream.
 *
 * @param collection the collection that it is in, if any
 */
record UpstreamRef(Optional<CollectionId> collection, RefName name)
    implements Comparable<UpstreamRef> {
  private static final Comparator<UpstreamRef> ORDER =
      Comparator.comparing((UpstreamRef ref) -> ref.collection().map(CollectionId::id).orElse(""))
          .thenComparing(UpstreamRef::name);

  /** Where a mirror keeps it: refs of its own collection, and of none, are its own. */
  RefAddress in(Repo mirror) {
    return collection.isEmpty() || collection.equals(mirror.config().collection())
        ? new RefSpec.Local(name)
        : new CollectionRef(collection.get(), name);
  }

  @Override
  public int compareTo(UpstreamRef other) {
    return ORDER.compare(this, other);
  }
}
