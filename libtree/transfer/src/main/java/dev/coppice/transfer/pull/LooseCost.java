package dev.coppice.transfer.pull;

import dev.coppice.core.object.Commit;
import dev.coppice.core.object.MalformedObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectSizes;
import dev.coppice.core.repo.Transaction;
import dev.coppice.transfer.delta.route.Offer;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the objects of a commit would cost one by one. Commits that were made with {@code
 * --generate-sizes} tell it exactly; of others it is not known before their trees have come.
 */
final class LooseCost {
  private LooseCost() {}

  /** In bytes, as costs of deltas are; empty when the commit does not tell. */
  static OptionalLong of(byte[] commit, Transaction transaction) throws IOException {
    Optional<Commit> decoded = decode(commit);
    if (decoded.isEmpty() || decoded.get().metadata().lookup(ObjectSizes.KEY).isEmpty()) {
      return OptionalLong.empty();
    }
    long bytes = 0;
    long requests = 0;
    for (ObjectSizes.Entry entry : ObjectSizes.of(decoded.get())) {
      ObjectName object = entry.object();
      if (!MetadataScan.stored(transaction, object)) {
        bytes += entry.archived();
        requests++;
      }
    }
    return OptionalLong.of(Offer.cost(bytes, requests));
  }

  private static Optional<Commit> decode(byte[] commit) {
    try {
      return Optional.of(Commit.decode(commit));
    } catch (MalformedObjectException e) {
      // Whoever takes the commit will say so.
      return Optional.empty();
    }
  }
}
