package dev.coppice.core.repo;

import dev.coppice.core.config.KeyFile;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.ref.RemoteName;
import dev.coppice.posix.PosixNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The remotes of a repository: those in its configuration, those in the {@code *.conf} files of
 * {@code /etc/ostree/remotes.d} where it is the system's repository, and behind them those of its
 * parents. Source: {@code reload_remote_config}, {@code get_remotes_d_dir}.
 *
 * <p>A snapshot: changes on disk are seen by the next one.
 */
public final class Remotes {
  private static final Path SYSTEM_REPO = Path.of("/ostree/repo");
  private static final Path SYSTEM_REMOTES = Path.of("/etc/ostree/remotes.d");
  private static final String LOCAL_URL = "file://";

  private final Repo repo;
  private final @Nullable Path directory;
  private final SortedMap<String, Remote> own;
  private final List<Remotes> parents;

  private Remotes(
      Repo repo, @Nullable Path directory, SortedMap<String, Remote> own, List<Remotes> parents) {
    this.repo = repo;
    this.directory = directory;
    this.own = own;
    this.parents = parents;
  }

  /** The remotes of a repository that was opened by its path. */
  public static Remotes of(Repo repo) throws IOException {
    boolean system = Files.isDirectory(SYSTEM_REPO) && Files.isSameFile(repo.path(), SYSTEM_REPO);
    return read(repo, system ? SYSTEM_REMOTES : null);
  }

  /**
   * The remotes of the repository of a system root. A deployment has its own {@code
   * etc/ostree/remotes.d}; a physical root, which has no {@code sysroot} directory, has none.
   */
  public static Remotes ofSysroot(Repo repo, Path sysroot) throws IOException {
    boolean deployment = Files.exists(sysroot.resolve("sysroot"));
    return read(repo, deployment ? sysroot.resolve("etc/ostree/remotes.d") : null);
  }

  private static Remotes read(Repo repo, @Nullable Path directory) throws IOException {
    SortedMap<String, Remote> own = new TreeMap<>(PosixNames.BYTE_ORDER);
    add(own, repo.config().file(), Optional.empty());
    if (directory != null) {
      for (Path file : files(directory)) {
        add(own, KeyFile.read(file), Optional.of(file));
      }
    }
    Optional<Repo> parent = repo.parent();
    return new Remotes(
        repo, directory, own, parent.isEmpty() ? List.of() : List.of(of(parent.get())));
  }

  private static List<Path> files(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (entry.toString().endsWith(".conf")
            && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          files.add(entry);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    Collections.sort(files);
    return files;
  }

  private static void add(SortedMap<String, Remote> own, KeyFile file, Optional<Path> source) {
    for (String group : file.groups()) {
      Optional<String> name = Remote.nameOf(group);
      if (name.isPresent() && own.put(name.get(), new Remote(name.get(), file, source)) != null) {
        throw new Failure(
            ErrorCode.CONFIG_INVALID,
            "Reloading remotes: Multiple specifications found for remote \"" + name.get() + "\"",
            "Remove one of them; the second was found in " + file.source());
      }
    }
  }

  /** All remotes, also those of parents, in the order of their names' bytes. */
  public List<Remote> all() {
    SortedMap<String, Remote> all = new TreeMap<>(PosixNames.BYTE_ORDER);
    collect(all);
    return List.copyOf(all.values());
  }

  private void collect(SortedMap<String, Remote> all) {
    own.forEach(all::putIfAbsent);
    parents.forEach(parent -> parent.collect(all));
  }

  /** A remote of this repository. */
  public Optional<Remote> find(String name) {
    return Optional.ofNullable(own.get(name));
  }

  /**
   * A remote of this repository, which must be there.
   *
   * @throws Failure with {@link ErrorCode#CONFIG_INVALID}
   */
  public Remote require(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.CONFIG_INVALID,
                    "Remote \"" + name + "\" not found",
                    "List the remotes to see which are configured"));
  }

  /**
   * A setting of a remote; where it does not have it, of the remote of that name in a parent.
   *
   * @throws Failure with {@link ErrorCode#CONFIG_INVALID} when there is no such remote anywhere
   */
  public Optional<String> option(String name, String key) {
    Optional<Remote> here = find(name);
    Optional<String> value = here.flatMap(remote -> remote.option(key));
    for (Remotes parent : parents) {
      if (value.isEmpty() && (here.isEmpty() || parent.knows(name))) {
        return parent.option(name, key);
      }
    }
    if (here.isEmpty()) {
      require(name);
    }
    return value;
  }

  private boolean knows(String name) {
    return own.containsKey(name) || parents.stream().anyMatch(parent -> parent.knows(name));
  }

  /**
   * The URL of a remote; a {@code file://} URL in place of a name stands for itself.
   *
   * @throws Failure with {@link ErrorCode#CONFIG_INVALID} when there is no such remote, or it has
   *     no URL
   */
  public String url(String name) {
    if (name.startsWith(LOCAL_URL)) {
      return name;
    }
    return option(name, "url")
        .orElseThrow(
            () ->
                new Failure(
                    ErrorCode.CONFIG_INVALID,
                    "No \"url\" option in remote \"" + name + "\"",
                    "Set it with 'config set', or name another remote"));
  }

  /**
   * The keyring of a remote: in the repository, beside the configuration of the system's remotes,
   * or in a parent. Source: {@code find_keyring}.
   *
   * @throws Failure with {@link ErrorCode#CONFIG_INVALID} when there is no such remote anywhere
   */
  public Optional<Path> keyring(String name) {
    if (!knows(name)) {
      require(name);
    }
    return findKeyring(name + ".trustedkeys.gpg");
  }

  private Optional<Path> findKeyring(String file) {
    List<Path> places = new ArrayList<>(List.of(repo.path()));
    if (directory != null) {
      places.add(directory);
    }
    for (Path place : places) {
      if (Files.exists(place.resolve(file))) {
        return Optional.of(place.resolve(file));
      }
    }
    return parents.stream().flatMap(parent -> parent.findKeyring(file).stream()).findFirst();
  }

  /** What changes the configuration of these remotes. */
  public RemoteChanges changes() {
    return new RemoteChanges(repo, this);
  }

  /** The file that a new remote is written to; empty for the repository's own configuration. */
  Optional<Path> fileForNew(RemoteName name) {
    boolean separate =
        directory != null && repo.config().file().bool("core", "add-remotes-config-dir", true);
    return separate && directory != null
        ? Optional.of(directory.resolve(name + ".conf"))
        : Optional.empty();
  }
}
