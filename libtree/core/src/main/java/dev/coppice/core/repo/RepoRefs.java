package dev.coppice.core.repo;

import dev.coppice.core.io.Durability;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.RefLookup;
import dev.coppice.core.ref.RefStore;
import dev.coppice.core.store.FsyncPolicy;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settings of a repository's refs, from its configuration. */
final class RepoRefs {
  private RepoRefs() {}

  static RefStore.Settings settings(Path path, RepoConfig config, @Nullable RefLookup parent) {
    return new RefStore.Settings(
        path,
        config.collection(),
        remote ->
            config
                .file()
                .string("remote \"" + remote.name() + "\"", "collection-id")
                .filter(CollectionId::isValid)
                .map(CollectionId::of),
        config.fsync() == FsyncPolicy.NONE ? Durability.UNSYNCED : Durability.SYNCED,
        Optional.ofNullable(parent));
  }
}
