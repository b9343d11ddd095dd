package dev.coppice.transfer.peer;

import dev.coppice.core.failure.TreeException;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.ref.RefPlace;
import dev.coppice.core.repo.Repo;
import dev.coppice.transfer.peer.SearchResult.LeftOut;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Repositories on mounted drives. Links are followed, but never off the drive. Source: {@code
 * ostree_repo_finder_mount_resolve_async}.
 *
 * @param local the repository that refs are looked for, which is not a result
 * @param config says whose keys count
 */
record MountFinder(Repo local, ConfigFinder config) {
  /** Where links to repositories in odd places are. */
  static final String LINKS = ".ostree/repos.d";

  /** Where repositories are, in this order, after those that are linked. */
  static final List<String> WELL_KNOWN =
      List.of(".ostree/repo", "ostree/repo", "var/lib/flatpak/repo");

  /** A repository of a drive, with the refs that it has of collections. */
  private record Candidate(Path path, Collection<CollectionRef> refs) {}

  /** The repositories of a drive that have any of these refs; for each ref, the first. */
  List<Place> find(Path mount, List<CollectionRef> wanted, List<LeftOut> leftOut) {
    List<Candidate> candidates = new ArrayList<>();
    for (Path path : repositories(mount)) {
      try {
        if (usable(path, mount)) {
          candidates.add(new Candidate(path.toRealPath(), refs(path)));
        }
      } catch (IOException | TreeException e) {
        leftOut.add(new LeftOut(path.toString(), String.valueOf(e.getMessage())));
      }
    }
    Set<Place> places = new LinkedHashSet<>();
    for (CollectionRef ref : wanted) {
      Optional<Candidate> holder =
          candidates.stream().filter(candidate -> candidate.refs().contains(ref)).findFirst();
      if (holder.isPresent()) {
        Path path = holder.get().path();
        Optional<String> remote = config.keyring(ref.collection());
        if (remote.isPresent()) {
          places.add(new Place.OnDrive(path, remote.get(), ref.collection()));
        } else {
          leftOut.add(LeftOut.withoutKeyring("file://" + path, ref.collection()));
        }
      }
    }
    return List.copyOf(places);
  }

  private static List<Path> repositories(Path mount) {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(mount.resolve(LINKS))) {
      links.forEach(paths::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      // Most drives have none.
      paths.clear();
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      // What can be listed of a damaged drive is used.
    }
    paths.sort(null);
    WELL_KNOWN.forEach(name -> paths.add(mount.resolve(name)));
    return paths;
  }

  private boolean usable(Path path, Path mount) throws IOException {
    return Repo.isRepo(path)
        && device(path).equals(device(mount))
        && !Files.isSameFile(path, local.path());
  }

  private static Object device(Path path) throws IOException {
    return Files.getAttribute(path, "unix:dev");
  }

  private static Collection<CollectionRef> refs(Path path) throws IOException {
    try (Repo repo = Repo.open(path)) {
      return Set.copyOf(
          repo.refs()
              .collectionNames(Optional.empty(), EnumSet.of(RefPlace.HEADS, RefPlace.MIRRORS)));
    }
  }
}
