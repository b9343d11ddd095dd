package dev.coppice.core.ref;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Finds the files of the refs that a listing asks for. */
final class RefLister {
  private final RefPaths paths;
  private final RemoteCollections remotes;
  private final RefReader reader;

  RefLister(RefPaths paths, RemoteCollections remotes, RefReader reader) {
    this.paths = paths;
    this.remotes = remotes;
    this.reader = reader;
  }

  SortedMap<RefSpec, RefWalk.Found> find(RefPrefix prefix) throws IOException {
    var refs = new TreeMap<RefSpec, RefWalk.Found>();
    if (prefix.remote().isPresent()) {
      RemoteName remote = prefix.remote().get();
      Path base = paths.remotes().resolve(remote.name());
      add(refs, at(base, prefix.path()), name -> new RefSpec.Remote(remote, name));
      return refs;
    }
    if (prefix.path().isPresent()) {
      add(refs, at(paths.heads(), prefix.path()), RefSpec.Local::new);
      return refs;
    }
    // Without this directory the repository is broken; an empty list would let prune delete all.
    add(refs, RefWalk.below(paths.heads(), ""), RefSpec.Local::new);
    if (prefix.everywhere()) {
      for (Path directory : RefWalk.directories(paths.remotes())) {
        if (RemoteName.isValid(RefWalk.nameOf(directory))) {
          var remote = new RemoteName(RefWalk.nameOf(directory));
          add(refs, RefWalk.below(directory, ""), name -> new RefSpec.Remote(remote, name));
        }
      }
    }
    return refs;
  }

  /**
   * Refs that belong to a collection. Where several places have one, remotes win over mirrors and
   * mirrors over local refs, as in the real tool.
   */
  SortedMap<CollectionRef, RefWalk.Found> find(Optional<CollectionId> only, Set<RefPlace> places)
      throws IOException {
    var refs = new TreeMap<CollectionRef, RefWalk.Found>();
    if (places.contains(RefPlace.HEADS) && paths.collection().isPresent()) {
      add(refs, only, paths.collection().get(), paths.heads());
    }
    if (places.contains(RefPlace.MIRRORS)) {
      for (Path directory : RefWalk.directories(paths.mirrors())) {
        String name = RefWalk.nameOf(directory);
        if (CollectionId.isValid(name)) {
          add(refs, only, new CollectionId(name), directory);
        }
      }
    }
    if (places.contains(RefPlace.REMOTES)) {
      for (Path directory : RefWalk.directories(paths.remotes())) {
        String name = RefWalk.nameOf(directory);
        Optional<CollectionId> collection =
            RemoteName.isValid(name) ? remotes.of(new RemoteName(name)) : Optional.empty();
        if (collection.isPresent()) {
          add(refs, only, collection.get(), directory);
        }
      }
    }
    return refs;
  }

  private static void add(
      SortedMap<CollectionRef, RefWalk.Found> refs,
      Optional<CollectionId> only,
      CollectionId collection,
      Path directory)
      throws IOException {
    if (only.isEmpty() || only.get().equals(collection)) {
      for (RefWalk.Found found : RefWalk.below(directory, "")) {
        refs.put(new CollectionRef(collection, found.name()), found);
      }
    }
  }

  private static void add(
      SortedMap<RefSpec, RefWalk.Found> refs,
      List<RefWalk.Found> found,
      Function<RefName, RefSpec> spec) {
    for (RefWalk.Found each : found) {
      refs.put(spec.apply(each.name()), each);
    }
  }

  /** Refs at or below a name; none when neither file nor directory has it. */
  private List<RefWalk.Found> at(Path base, Optional<RefName> path) throws IOException {
    Path start = path.map(name -> base.resolve(name.name())).orElse(base);
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(start, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (FileSystemException e) {
      if (path.isPresent()) {
        throw reader.unreadable(new RefSpec.Local(path.get()), start, e);
      }
      throw e;
    }
    if (path.isEmpty()) {
      return attributes.isDirectory() ? RefWalk.below(start, "") : List.of();
    }
    reader.checkInside(new RefSpec.Local(path.get()), start, start.toRealPath());
    if (attributes.isDirectory()) {
      return RefWalk.below(start, path.get() + "/");
    }
    return List.of(new RefWalk.Found(path.get(), start, Files.isSymbolicLink(start)));
  }
}
