package dev.coppice.core.repo;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.io.Durability;
import dev.coppice.core.io.FileReplacement;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.core.store.LooseStore;
import dev.coppice.core.store.RepoLayout;
import dev.coppice.posix.Fs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Removes objects of a repository. A commit takes its detached metadata along and leaves a
 * tombstone where the repository wants one. Callers hold the exclusive lock.
 */
public final class ObjectRemoval {
  private final Repo repo;
  private boolean tombstones;

  ObjectRemoval(Repo repo) {
    this.repo = repo;
    this.tombstones = repo.config().tombstoneCommits();
  }

  /** From now on, here and in the configuration, deleted commits leave tombstones. */
  public void enableTombstones() throws IOException {
    if (!tombstones) {
      repo.config()
          .file()
          .with("core", "tombstone-commits", true)
          .save(repo.path().resolve(RepoLayout.CONFIG), durability());
      tombstones = true;
    }
  }

  /** Removes an object; returns whether it was there. */
  public boolean delete(ObjectName name) throws IOException {
    LooseStore store = repo.store();
    if (name.type() != ObjectType.COMMIT) {
      return store.delete(name);
    }
    // A commit without its signatures is deleted by the next attempt; signatures without a commit
    // would stay for ever, because nothing lists them.
    store.delete(new ObjectName(ObjectType.COMMITMETA, name.checksum()));
    boolean existed = store.delete(name);
    if (existed && tombstones) {
      writeTombstone(name.checksum());
    }
    return existed;
  }

  /** Marks a commit that is not there as deleted on purpose. */
  public void writeTombstone(Checksum commit) throws IOException {
    byte[] hex = commit.hex().getBytes(StandardCharsets.US_ASCII);
    Variant content = VariantDict.builder().put("commit", Variant.ofByteString(hex)).build();
    String path = repo.store().path(new ObjectName(ObjectType.TOMBSTONE, commit));
    Path file = repo.store().directory().resolve(path);
    Fs.mkdirIfMissing(repo.store().descriptor(), path.substring(0, 2), 0755);
    FileReplacement.write(file, content.serialized(), durability());
  }

  private Durability durability() {
    return repo.config().fsync() == FsyncPolicy.NONE ? Durability.UNSYNCED : Durability.SYNCED;
  }
}
