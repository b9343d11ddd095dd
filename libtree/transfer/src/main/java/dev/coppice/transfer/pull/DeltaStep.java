package dev.coppice.transfer.pull;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Transaction;
import dev.coppice.transfer.delta.DeltaName;
import dev.coppice.transfer.delta.Fallback;
import dev.coppice.transfer.delta.Superblock;
import dev.coppice.transfer.delta.route.Offer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A delta of which the superblock has come, and what it would cost here.
 *
 * @param superblock verified as far as it can be by itself
 * @param missing parts that make objects which are not here
 * @param fallbacks that are not here
 */
record DeltaStep(Superblock superblock, List<Integer> missing, List<Fallback> fallbacks) {
  static DeltaStep of(Superblock superblock, List<Integer> missing, Transaction transaction)
      throws IOException {
    var fallbacks = new ArrayList<Fallback>();
    for (Fallback fallback : superblock.fallbacks()) {
      if (!MetadataScan.stored(transaction, fallback.object())) {
        fallbacks.add(fallback);
      }
    }
    return new DeltaStep(superblock, missing, fallbacks);
  }

  DeltaName name() {
    return superblock.name();
  }

  Offer offer() {
    long bytes = 0;
    long requests = 0;
    for (int number : missing) {
      if (!superblock.hasInlinePart(number)) {
        bytes += superblock.parts().get(number).size();
        requests++;
      }
    }
    for (Fallback fallback : fallbacks) {
      bytes += fallback.size();
      requests++;
    }
    return new Offer(name(), bytes, requests);
  }

  PlannedDelta planned() {
    long size = 0;
    long usize = 0;
    for (var part : superblock.parts()) {
      size += part.size();
      usize += part.usize();
    }
    for (Fallback fallback : superblock.fallbacks()) {
      size += fallback.size();
      usize += fallback.usize();
    }
    long left = 0;
    for (int number : missing) {
      left += superblock.parts().get(number).size();
    }
    for (Fallback fallback : fallbacks) {
      left += fallback.size();
    }
    int all = superblock.parts().size() + superblock.fallbacks().size();
    int here = all - missing.size() - fallbacks.size();
    return new PlannedDelta(name(), all, here, size, size - left, usize);
  }

  /** Bytes that what it makes here will take, about. */
  long disk() {
    long disk = 0;
    for (int number : missing) {
      disk += superblock.parts().get(number).usize();
    }
    for (Fallback fallback : fallbacks) {
      disk += fallback.usize();
    }
    return disk;
  }

  /** The bytes of an object that is inside: the commit, or its detached metadata. */
  Optional<byte[]> inside(ObjectName object) {
    Checksum to = name().to();
    if (!object.checksum().equals(to)) {
      return Optional.empty();
    }
    return switch (object.type()) {
      case COMMIT -> Optional.of(superblock.commit().serialized());
      case COMMITMETA -> superblock.detachedMetadata();
      case FILE, DIRTREE, DIRMETA, TOMBSTONE, PAYLOAD_LINK, FILE_XATTRS, FILE_XATTRS_LINK ->
          Optional.empty();
    };
  }
}
