package dev.coppice.core.commit;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.core.store.SizeIndex;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all sources of one commit share: where objects go, what is changed, who does the work. For
 * the thread that walks, except {@link #transaction} and {@link #progress}.
 */
final class Build {
  private final Repo repo;
  private final Transaction transaction;
  private final WorkPool pool;
  private final EntryRules rules;
  private final Set<CommitFlag> flags;
  private final Progress progress;
  private final long repoDevice;
  private final Map<DirMeta, Checksum> metas = new HashMap<>();
  private final @Nullable LinkCache links;

  Build(
      Transaction transaction,
      WorkPool pool,
      EntryRules rules,
      Set<CommitFlag> flags,
      Progress progress)
      throws IOException {
    this.repo = transaction.repo();
    this.transaction = transaction;
    this.pool = pool;
    this.rules = rules;
    this.flags = flags;
    this.progress = progress;
    this.repoDevice = Fs.fstat(repo.descriptor()).dev();
    this.links =
        flags.contains(CommitFlag.LINK_CHECKOUT_SPEEDUP) ? LinkCache.scan(repo, pool) : null;
  }

  Repo repo() {
    return repo;
  }

  Transaction transaction() {
    return transaction;
  }

  WorkPool pool() {
    return pool;
  }

  EntryRules rules() {
    return rules;
  }

  boolean wants(CommitFlag flag) {
    return flags.contains(flag);
  }

  Progress progress() {
    return progress;
  }

  /** Whether a file is on the file system of the repository. */
  boolean onRepoDevice(FileStat stat) {
    return stat.dev() == repoDevice;
  }

  /** Hard links into the repository, or null when they are not looked for. */
  @Nullable LinkCache links() {
    return links;
  }

  /** Begins with another source: of several, the sizes of the last one are recorded. */
  void beginSource() {
    SizeIndex sizes = transaction.writer().sizes();
    if (sizes != null) {
      sizes.clear();
      metas.clear();
    }
  }

  /** What is recorded of sizes. */
  Optional<Variant> sizes() {
    SizeIndex sizes = transaction.writer().sizes();
    return sizes == null ? Optional.empty() : SizesEntry.of(sizes);
  }

  /** Writes the metadata of a directory; most directories share a few. */
  Checksum writeMeta(DirMeta meta) throws IOException {
    Checksum known = metas.get(meta);
    if (known != null) {
      transaction.countKnownMetadata();
      return known;
    }
    Checksum written = transaction.writeMetadata(ObjectType.DIRMETA, meta.encode());
    metas.put(meta, written);
    return written;
  }
}
