package dev.coppice.transfer.delta.apply;

import dev.coppice.core.io.Workers;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Transaction;
import dev.coppice.transfer.delta.DeltaException;
import dev.coppice.transfer.delta.ObjectList;
import dev.coppice.transfer.delta.PartHeader;
import dev.coppice.transfer.delta.Superblock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Applies the parts of a delta, several at a time. Parts all of whose objects are here are left
 * out, so that a delta that was interrupted goes on where it was.
 *
 * <p>Objects are staged in the transaction. What parts start from is looked up in it as well, so
 * that deltas can be applied one after the other.
 */
public final class DeltaParts {
  /**
   * Parts at a time, even with one processor: while one waits for the network, another is worked
   * at. Source: {@code _OSTREE_MAX_OUTSTANDING_DELTAPART_REQUESTS}.
   */
  private static final int LEAST = 2;

  /** More than these would take more memory than they are worth. */
  private static final int MOST = 4;

  private final Transaction transaction;
  private final ApplyRules rules;

  /** Applies into a transaction, which stays the caller's. */
  public DeltaParts(Transaction transaction, ApplyRules rules) {
    this.transaction = transaction;
    this.rules = rules;
  }

  /** The parts that make objects which are not here. */
  public List<Integer> missing(Superblock superblock) throws IOException {
    var missing = new ArrayList<Integer>();
    for (int i = 0; i < superblock.parts().size(); i++) {
      if (!hasAll(superblock.parts().get(i).objects())) {
        missing.add(i);
      }
    }
    return missing;
  }

  private boolean hasAll(ObjectList objects) throws IOException {
    for (ObjectName object : objects) {
      if (!rules.has(transaction, object)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Applies parts.
   *
   * @param parts those that are needed, as {@link #missing} said
   * @param done is told of each part that is complete; by several threads
   * @throws DeltaException when a part is not as it must be; those that were applied stay
   */
  public ApplyStats apply(
      Superblock superblock, List<Integer> parts, DeltaFiles files, Consumer<PartHeader> done)
      throws IOException {
    var stats = new AtomicReference<>(ApplyStats.NONE);
    int threads = Math.clamp(Workers.threads(), LEAST, MOST);
    try (var unpacker =
        new PartUnpacker(transaction.repo().descriptor(), transaction.writer().spaceLeft())) {
      Workers.each(
          threads,
          parts.size(),
          piece -> {
            int number = parts.get(piece);
            stats.accumulateAndGet(part(unpacker, superblock, number, files), ApplyStats::plus);
            done.accept(superblock.parts().get(number));
          });
    }
    return Objects.requireNonNull(stats.get());
  }

  private ApplyStats part(
      PartUnpacker unpacker, Superblock superblock, int number, DeltaFiles files)
      throws IOException {
    PartHeader header = superblock.parts().get(number);
    try (UnpackedPart part = unpacker.unpack(superblock, number, files);
        var apply = new PartApply(transaction, part.payload(), header.objects(), rules)) {
      return apply.run();
    } catch (DeltaException e) {
      throw e.in("Static delta " + superblock.name() + ", part " + number);
    }
  }
}
