package dev.coppice.core.tree;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds paths inside trees. */
public final class TreeLookup {
  /** What a path names. */
  public sealed interface Found {
    /** A directory. */
    record Directory(Checksum tree, Checksum meta) implements Found {}

    /** A regular file or a symbolic link. */
    record File(Checksum checksum) implements Found {}
  }

  private final Repo repo;

  /** A lookup in the objects of a repository. */
  public TreeLookup(Repo repo) {
    this.repo = repo;
  }

  /** The root directory of a commit. */
  public static Found.Directory root(Commit commit) {
    return new Found.Directory(commit.tree(), commit.meta());
  }

  /**
   * What a path names below a directory, or empty. Symbolic links are not followed.
   *
   * @param path names joined by slashes; empty names and {@code .} are skipped, {@code ..} is
   *     refused
   */
  public Optional<Found> find(Found.Directory from, String path) throws IOException {
    Found at = from;
    for (String name : names(path)) {
      Optional<Found> child =
          at instanceof Found.Directory directory ? child(directory, name) : Optional.empty();
      if (child.isEmpty()) {
        return child;
      }
      at = child.get();
    }
    return Optional.of(at);
  }

  /** What a name stands for in a directory, or empty. */
  public Optional<Found> child(Found.Directory directory, String name) throws IOException {
    DirTree tree = repo.loadTree(directory.tree());
    DirTree.Dir dir = tree.dir(name);
    if (dir != null) {
      return Optional.of(new Found.Directory(dir.tree(), dir.meta()));
    }
    DirTree.File file = tree.file(name);
    return file == null ? Optional.empty() : Optional.of(new Found.File(file.checksum()));
  }

  /**
   * What a path names below a directory.
   *
   * @throws Failure with {@link ErrorCode#PATH_NOT_FOUND}, which says how much of the path there is
   */
  public Found require(Found.Directory from, String path) throws IOException {
    Found at = from;
    var way = new StringBuilder();
    for (String name : names(path)) {
      if (!(at instanceof Found.Directory directory)) {
        throw notFound("Not a directory: " + way);
      }
      way.append('/').append(name);
      at = child(directory, name).orElseThrow(() -> notFound("No such file or directory: " + way));
    }
    return at;
  }

  private static Failure notFound(String message) {
    return new Failure(ErrorCode.PATH_NOT_FOUND, message, "List what the tree has with 'ls'.");
  }

  /** The names of a path. */
  public static List<String> names(String path) {
    var names = new ArrayList<String>();
    for (String name : path.split("/")) {
      if (name.equals("..")) {
        throw new Failure(
            ErrorCode.NAME_INVALID,
            "Invalid path uplink filename '..' in " + path,
            "Paths inside trees start at the root and never lead up.");
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return List.copyOf(names);
  }
}
