package dev.coppice.core.repo;

import dev.coppice.core.config.KeyFile;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.ref.CommitLookup;
import dev.coppice.core.ref.RefStore;
import dev.coppice.core.ref.RevResolver;
import dev.coppice.core.ref.RevSpec;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.core.store.LooseStore;
import dev.coppice.core.store.ObjectStore;
import dev.coppice.core.store.ReadThroughStore;
import dev.coppice.core.store.RepoLayout;
import dev.coppice.core.store.RepoMode;
import dev.coppice.core.store.VeritySeal;
import dev.coppice.core.store.WriteOptions;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A repository: its configuration, objects, refs and lock. Safe for several threads.
 *
 * <p>The verbs - commit, checkout, prune and the rest - are packages of their own above this one.
 */
public final class Repo implements AutoCloseable {
  private final Path path;
  private final RepoConfig config;
  private final RepoMode mode;
  private final List<LooseStore> stores;
  private final ObjectStore objects;
  private final RefStore refs;
  private final List<Repo> parents;
  private final VeritySeal seal;
  private volatile @Nullable Fd descriptor;

  private Repo(Path path, RepoConfig config, List<Repo> parents) {
    this.path = path;
    this.config = config;
    this.mode = config.mode();
    this.parents = parents;
    this.seal = new VeritySeal(config.verity());
    var chain = new ArrayList<LooseStore>();
    chain.add(new LooseStore(path, mode));
    parents.forEach(parent -> chain.addAll(parent.stores));
    this.stores = List.copyOf(chain);
    this.objects = chain.size() == 1 ? chain.getFirst() : new ReadThroughStore(chain);
    this.refs =
        new RefStore(
            RepoRefs.settings(path, config, parents.isEmpty() ? null : parents.getFirst().refs));
  }

  /**
   * Opens a repository and its parents.
   *
   * @throws Failure with {@link ErrorCode#REPO_INVALID} when the directory is none, or of a kind
   *     that is not known
   */
  public static Repo open(Path path) throws IOException {
    return open(path, 0);
  }

  /** A chain of parents longer than this is a loop. */
  private static final int MAX_PARENTS = 16;

  private static Repo open(Path path, int depth) throws IOException {
    if (depth > MAX_PARENTS) {
      throw new Failure(
          ErrorCode.REPO_INVALID,
          "The chain of parents that leads to " + path + " is longer than " + MAX_PARENTS,
          "Look for a loop in the core.parent settings.");
    }
    if (!isRepo(path)) {
      throw new Failure(
          ErrorCode.REPO_INVALID,
          "opening repo: " + path + ": it is not a repository, it has no directory 'objects'",
          "Name a repository with --repo, or make one with 'init'.");
    }
    var config = new RepoConfig(KeyFile.read(path.resolve(RepoLayout.CONFIG)));
    config.check();
    Optional<Path> parent = config.parent();
    return new Repo(
        path, config, parent.isEmpty() ? List.of() : List.of(open(parent.get(), depth + 1)));
  }

  /** Whether a directory looks like a repository. */
  public static boolean isRepo(Path path) {
    return Files.isDirectory(path.resolve(RepoLayout.OBJECTS));
  }

  /** The directory. */
  public Path path() {
    return path;
  }

  /** The configuration as it was when the repository was opened. */
  public RepoConfig config() {
    return config;
  }

  /** How file objects are kept. */
  public RepoMode mode() {
    return mode;
  }

  /** The objects, parents included. */
  public ObjectStore objects() {
    return objects;
  }

  /** The repository's own loose objects. */
  public LooseStore store() {
    return stores.getFirst();
  }

  /**
   * The loose objects of the repository and of its parents, in the order in which they are asked.
   */
  public List<LooseStore> stores() {
    return stores;
  }

  /** The refs. */
  public RefStore refs() {
    return refs;
  }

  /** The parent repository, if it has one. */
  public Optional<Repo> parent() {
    return parents.stream().findFirst();
  }

  /** The marks of partial commits. */
  public PartialCommits partialCommits() {
    return new PartialCommits(this);
  }

  /**
   * Checks that the repository can be changed at all.
   *
   * @throws Failure with {@link ErrorCode#REPO_UNSUITABLE} when it is read-only for this process
   */
  public void requireWritable() throws IOException {
    try {
      Fs.requireAccess(descriptor(), RepoLayout.OBJECTS, Fs.W_OK);
    } catch (PosixException e) {
      throw new Failure(
          ErrorCode.REPO_UNSUITABLE,
          "Cannot write to repository: " + e.errno().text(),
          path + ": run as its owner, or mount its file system for writing.",
          e);
    }
  }

  /** What new files of this repository are sealed with. */
  public VeritySeal seal() {
    return seal;
  }

  /** What removes objects; the caller holds the exclusive lock. */
  public ObjectRemoval removal() {
    return new ObjectRemoval(this);
  }

  /** A descriptor of the directory, opened when it is first asked for; owned by this. */
  public Fd descriptor() throws IOException {
    Fd fd = descriptor;
    if (fd == null) {
      synchronized (this) {
        fd = descriptor;
        if (fd == null) {
          fd = Fs.open(Fd.CWD, path.toString(), OpenFlags.O_DIRECTORY, 0);
          descriptor = fd;
        }
      }
    }
    return fd;
  }

  /** How this repository writes objects unless a command says otherwise. */
  public WriteOptions writeOptions() {
    return new WriteOptions(config.fsync(), config.zlibLevel(), false);
  }

  /** Begins to add objects. */
  public Transaction begin() throws IOException {
    return begin(writeOptions());
  }

  /** Begins to add objects, with another policy than the repository's. */
  public Transaction begin(FsyncPolicy fsync) throws IOException {
    return begin(new WriteOptions(fsync, config.zlibLevel(), false));
  }

  /** Begins to add objects. */
  public Transaction begin(WriteOptions options) throws IOException {
    return Transaction.begin(this, options);
  }

  /** Takes the lock for something else than adding objects. */
  public RepoLock lock(RepoLock.Kind kind) throws IOException {
    return RepoLock.take(this, kind);
  }

  /**
   * The commit of a revision.
   *
   * @param rev a checksum, its first digits, a ref or {@code remote:ref}, and any number of {@code
   *     ^}
   * @throws dev.coppice.core.failure.TreeException when there is none, or the text is ambiguous or
   *     invalid
   */
  public Checksum resolve(String rev) throws IOException {
    return revisions().resolve(RevSpec.parse(rev));
  }

  /**
   * The commit of a repository that has exactly one.
   *
   * @throws Failure with {@link ErrorCode#REV_NOT_FOUND} or {@link ErrorCode#REV_AMBIGUOUS}
   */
  public Checksum onlyCommit() throws IOException {
    List<Checksum> found = new Commits().commitsStartingWith("");
    if (found.isEmpty()) {
      throw new Failure(ErrorCode.REV_NOT_FOUND, "No commit objects found", "Make a commit first");
    }
    if (found.size() > 1) {
      throw new Failure(
          ErrorCode.REV_AMBIGUOUS, "Multiple commit objects found", "Name the one that is meant");
    }
    return found.getFirst();
  }

  /** What resolves revisions. */
  public RevResolver revisions() {
    return new RevResolver(refs, new Commits());
  }

  /** Loads a commit. */
  public Commit loadCommit(Checksum checksum) throws IOException {
    ObjectName name = ObjectName.commit(checksum);
    return name.decode(objects.load(name), Commit::decode);
  }

  /** Loads the names of a directory. */
  public DirTree loadTree(Checksum checksum) throws IOException {
    ObjectName name = ObjectName.dirtree(checksum);
    return name.decode(objects.load(name), DirTree::decode);
  }

  /** Loads the owner and mode of a directory. */
  public DirMeta loadMeta(Checksum checksum) throws IOException {
    ObjectName name = ObjectName.dirmeta(checksum);
    return name.decode(objects.load(name), DirMeta::decode);
  }

  /** The detached metadata of a commit, an {@code a{sv}}, or empty. */
  public Optional<byte[]> loadDetachedMetadata(Checksum commit) throws IOException {
    return Optional.ofNullable(objects.loadIfExists(new ObjectName(ObjectType.COMMITMETA, commit)));
  }

  private final class Commits implements CommitLookup {
    @Override
    public List<Checksum> commitsStartingWith(String hexPrefix) throws IOException {
      var found = new ArrayList<Checksum>();
      for (LooseStore store : stores) {
        CommitSearch.find(store, hexPrefix, found);
      }
      return found.stream().distinct().toList();
    }

    @Override
    public Optional<Checksum> parentOf(Checksum commit) throws IOException {
      return loadCommit(commit).parent();
    }
  }

  @Override
  public void close() throws IOException {
    for (LooseStore store : stores) {
      store.close();
    }
    for (Repo parent : parents) {
      parent.close();
    }
    synchronized (this) {
      Fd fd = descriptor;
      if (fd != null) {
        descriptor = null;
        fd.close();
      }
    }
  }
}
