package dev.coppice.core.ref;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Durability;
import dev.coppice.core.io.Workers;
import dev.coppice.core.object.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The refs of one repository, with those of its parent behind them where a single ref is looked
 * for.
 *
 * <p>Every write is visible at once and as a whole. Listings of names do not read the files, so
 * that a corrupt ref can be seen and deleted; whatever reads a corrupt one fails with {@link
 * CorruptRefException}. There is no lock in here: concurrent writers of one ref leave one of their
 * values.
 */
public final class RefStore implements RefLookup {
  /** Fewer files than this are not worth a thread. */
  private static final int PIECE = 256;

  private final RefPaths paths;
  private final RefReader reader;
  private final RefLister lister;
  private final RefWriter writer;
  private final Optional<RefLookup> parent;

  /**
   * What a store needs to know of its repository.
   *
   * @param repo the repository's directory
   * @param collection the repository's own collection, whose refs are the local ones
   * @param remotes collections of remotes
   * @param durability whether ref files are synced before they become visible
   * @param parent refs of the parent repository
   */
  public record Settings(
      Path repo,
      Optional<CollectionId> collection,
      RemoteCollections remotes,
      Durability durability,
      Optional<RefLookup> parent) {
    /** Settings of a repository that has no collections and no parent. */
    public static Settings plain(Path repo) {
      return new Settings(
          repo, Optional.empty(), RemoteCollections.NONE, Durability.SYNCED, Optional.empty());
    }
  }

  /** A store over {@code refs/} of a repository. */
  public RefStore(Settings settings) {
    paths = new RefPaths(settings.repo(), settings.collection());
    reader = new RefReader(paths);
    lister = new RefLister(paths, settings.remotes(), reader);
    writer = new RefWriter(paths, reader, settings.durability());
    parent = settings.parent();
  }

  /** The commit of a ref in exactly its place; empty when there is no such ref. */
  public Optional<Checksum> read(RefAddress address) throws IOException {
    return reader.read(address);
  }

  /** Whether the ref has a file, whatever it holds. */
  public boolean exists(RefAddress address) {
    Path file = paths.file(address);
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * The commit of a ref, here or in the parent. With {@link RefScope#REMOTES_TOO} a ref without a
   * remote is also looked for as {@code remote/ref}, and then under each remote; of several remotes
   * the first by name counts.
   */
  @Override
  public Optional<Checksum> find(RefSpec spec, RefScope scope) throws IOException {
    Optional<Checksum> found = reader.read(spec);
    if (found.isEmpty() && spec instanceof RefSpec.Local local && scope == RefScope.REMOTES_TOO) {
      found = findInRemotes(local.ref());
    }
    if (found.isEmpty() && parent.isPresent()) {
      found = parent.get().find(spec, scope);
    }
    return found;
  }

  private Optional<Checksum> findInRemotes(RefName ref) throws IOException {
    int slash = ref.name().indexOf('/');
    if (slash > 0) {
      var remote = new RemoteName(ref.name().substring(0, slash));
      var there = new RefName(ref.name().substring(slash + 1));
      Optional<Checksum> found = reader.read(new RefSpec.Remote(remote, there));
      if (found.isPresent()) {
        return found;
      }
    }
    for (Path directory : RefWalk.directories(paths.remotes())) {
      String name = RefWalk.nameOf(directory);
      if (RemoteName.isValid(name)) {
        Optional<Checksum> found = reader.read(new RefSpec.Remote(new RemoteName(name), ref));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** The commit of a ref of a collection, in the given places of this repository. */
  public Optional<Checksum> find(CollectionRef ref, Set<RefPlace> places) throws IOException {
    RefWalk.Found found = lister.find(Optional.of(ref.collection()), places).get(ref);
    return found == null ? Optional.empty() : Optional.of(reader.read(ref, found));
  }

  /** Names of refs in the order of their bytes. */
  public List<RefSpec> names(RefPrefix prefix) throws IOException {
    return List.copyOf(lister.find(prefix).keySet());
  }

  /** Refs and their commits in the order of the names' bytes. */
  public SortedMap<RefSpec, Checksum> list(RefPrefix prefix) throws IOException {
    return read(lister.find(prefix));
  }

  /**
   * Aliases among the refs that fit, with the name each one leads to. The target is as written in
   * the link, without the dots that lead up; it need not exist.
   */
  public SortedMap<RefSpec, String> aliases(RefPrefix prefix) throws IOException {
    var aliases = new TreeMap<RefSpec, String>();
    for (Map.Entry<RefSpec, RefWalk.Found> each : lister.find(prefix).entrySet()) {
      if (each.getValue().link()) {
        String target = Files.readSymbolicLink(each.getValue().file()).toString();
        while (target.startsWith("../")) {
          target = target.substring(3);
        }
        aliases.put(each.getKey(), target);
      }
    }
    return aliases;
  }

  /** Names of refs with a collection, in the order of their bytes. */
  public List<CollectionRef> collectionNames(Optional<CollectionId> only, Set<RefPlace> places)
      throws IOException {
    return List.copyOf(lister.find(only, places).keySet());
  }

  /** Refs with a collection and their commits. */
  public SortedMap<CollectionRef, Checksum> listCollections(
      Optional<CollectionId> only, Set<RefPlace> places) throws IOException {
    return read(lister.find(only, places));
  }

  /** Reads many files on several threads; of several corrupt ones the first by name is reported. */
  private <A extends RefAddress> SortedMap<A, Checksum> read(SortedMap<A, RefWalk.Found> found)
      throws IOException {
    List<Map.Entry<A, RefWalk.Found>> files = List.copyOf(found.entrySet());
    Checksum[] commits = new Checksum[files.size()];
    Workers.each(
        (files.size() + PIECE - 1) / PIECE,
        piece -> {
          int end = Math.min(files.size(), (piece + 1) * PIECE);
          for (int i = piece * PIECE; i < end; i++) {
            commits[i] = reader.read(files.get(i).getKey(), files.get(i).getValue());
          }
        });
    var refs = new TreeMap<A, Checksum>();
    for (int i = 0; i < commits.length; i++) {
      refs.put(files.get(i).getKey(), commits[i]);
    }
    return refs;
  }

  /**
   * Sets a ref. An alias of this name becomes a ref of its own.
   *
   * @throws Failure with {@link ErrorCode#REF_CONFLICT} when refs exist below the name or one above
   *     it, {@link ErrorCode#REF_INVALID} when the name looks like a checksum
   */
  public void write(RefAddress address, Checksum commit) throws IOException {
    writer.write(address, commit);
  }

  /**
   * Deletes a ref, whatever its file holds; returns whether there was one. Aliases of it are left
   * behind: ask {@link #aliases} first.
   */
  public boolean delete(RefAddress address) throws IOException {
    return writer.delete(address);
  }

  /** Deletes refs as {@link #delete} does, and tells other programs once that they changed. */
  public void deleteAll(List<? extends RefAddress> addresses) throws IOException {
    writer.deleteAll(addresses);
  }

  /**
   * Makes {@code alias} follow {@code target} from now on.
   *
   * @throws Failure with {@link ErrorCode#REV_NOT_FOUND} when there is no ref {@code target}
   */
  public void alias(RefName alias, RefName target) throws IOException {
    if (!exists(new RefSpec.Local(target))) {
      throw new Failure(
          ErrorCode.REV_NOT_FOUND,
          "Cannot create alias to non-existent ref: " + target,
          "Create that ref first");
    }
    if (alias.equals(target)) {
      throw new Failure(
          ErrorCode.REF_CONFLICT, "'" + alias + "' cannot be an alias of itself", "Use two names");
    }
    writer.alias(alias, target);
  }
}
