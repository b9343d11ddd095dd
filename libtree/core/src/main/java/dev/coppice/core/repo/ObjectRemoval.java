package dev.coppice.core.repo;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.io.Durability;
import dev.coppice.core.io.FileReplacement;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.core.store.LooseStore;
import dev.coppice.core.store.RepoLayout;
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
      writeTombstone(new ObjectName(ObjectType.TOMBSTONE, name.checksum()));
    }
    return existed;
  }

  private void writeTombstone(ObjectName name) throws IOException {
    byte[] hex = name.checksum().hex().getBytes(StandardCharsets.US_ASCII);
    Variant content = VariantDict.builder().put("commit", Variant.ofByteString(hex)).build();
    Path file = repo.store().directory().resolve(repo.store().path(name));
    FileReplacement.write(file, content.serialized(), durability());
  }

  private Durability durability() {
    return repo.config().fsync() == FsyncPolicy.NONE ? Durability.UNSYNCED : Durability.SYNCED;
  }
}
