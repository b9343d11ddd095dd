package dev.coppice.core.ref;

import java.nio.file.Path;
import java.util.Optional;

/** Names of the directories and files of refs. */
record RefPaths(Path repo, Optional<CollectionId> collection) {
  Path refs() {
    return repo.resolve("refs");
  }

  Path heads() {
    return refs().resolve("heads");
  }

  Path remotes() {
    return refs().resolve("remotes");
  }

  Path mirrors() {
    return refs().resolve("mirrors");
  }

  /** The directory in which the name of the ref counts. The own collection's refs are local. */
  Path base(RefAddress address) {
    return switch (address) {
      case RefSpec.Local local -> heads();
      case RefSpec.Remote there -> remotes().resolve(there.remote().name());
      case CollectionRef ref
          when collection.isPresent() && collection.get().equals(ref.collection()) ->
          heads();
      case CollectionRef ref -> mirrors().resolve(ref.collection().id());
    };
  }

  Path file(RefAddress address) {
    return base(address).resolve(address.ref().name());
  }
}
