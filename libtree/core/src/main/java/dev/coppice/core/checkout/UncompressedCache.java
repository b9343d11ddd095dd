package dev.coppice.core.checkout;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.store.FsyncPolicy;
import dev.coppice.core.store.RepoLayout;
import dev.coppice.core.store.RepoMode;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Uncompressed copies of the files of an archive repository, so that the next checkout for a user
 * consists of hard links.
 *
 * <p>{@code uncompressed-objects-cache/3f/5a….file}, named like the objects of a bare repository;
 * without set-id bits, owned by whoever made them. The real tool syncs each file before it gets its
 * name. Here files are written below {@code tmp}, linked from there into the destination, and moved
 * into the cache when the checkout is complete, after one sync of the file system. Source: {@code
 * checkout_object_for_uncompressed_cache}.
 */
final class UncompressedCache implements AutoCloseable {
  private static final String NAME = "uncompressed-objects-cache";
  private static final int SET_ID = 06000;
  private static final int FANOUTS = 256;
  private static final int LOCKS = 256;

  private final Repo repo;
  private final boolean sync;
  private final HardLinks links;
  private final FileCopies copies;
  private final @Nullable Fd cache;
  private final Fd tmp;
  private final String stagingName;
  private final Fd staging;
  private final Set<Checksum> staged = ConcurrentHashMap.newKeySet();
  private final Object[] locks = new Object[LOCKS];
  private final boolean[] fanouts = new boolean[FANOUTS];

  private UncompressedCache(Session session, HardLinks links, FileCopies copies)
      throws IOException {
    this.repo = session.repo();
    this.sync =
        repo.config().fsync() != FsyncPolicy.NONE
            && !session.options().has(CheckoutFlag.UNSYNCED_CACHE);
    this.links = links;
    this.copies = copies;
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new Object();
    }
    this.cache = Fs.openDirIfExists(repo.descriptor(), NAME);
    this.tmp = Fs.openDir(repo.descriptor(), RepoLayout.TMP);
    this.stagingName =
        "checkout-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    Fs.mkdir(tmp, stagingName, 0775);
    this.staging = Fs.openDir(tmp, stagingName);
  }

  /** The cache, or null where options, mode or permissions rule it out. */
  static @Nullable UncompressedCache of(Session session, HardLinks links, FileCopies copies)
      throws IOException {
    CheckoutOptions options = session.options();
    Repo repo = session.repo();
    boolean wanted =
        options.has(CheckoutFlag.UNCOMPRESSED_CACHE)
            && options.linking() == Linking.PREFERRED
            && session.userMode()
            && repo.mode() == RepoMode.ARCHIVE
            && repo.config().uncompressedCache();
    return wanted && Fs.access(repo.descriptor(), ".", Fs.W_OK)
        ? new UncompressedCache(session, links, copies)
        : null;
  }

  /** Links a file that the cache has; false when it has not, or it cannot be linked. */
  boolean link(Target target) throws IOException {
    String path = path(target.checksum());
    if (cache != null && Fs.statIfExists(cache, path) != null) {
      return links.link(target, cache, path);
    }
    return staged.contains(target.checksum()) && links.link(target, staging, path);
  }

  /**
   * Adds a regular file to the cache and links it; false when it cannot be linked to where it is to
   * go.
   */
  boolean add(Target target, FileObject object) throws IOException {
    String path = path(target.checksum());
    int first = (int) (target.checksum().a() >>> 56);
    synchronized (locks[first]) {
      if (!staged.contains(target.checksum())) {
        if (!fanouts[first]) {
          Fs.mkdirIfMissing(staging, RepoLayout.fanout(first), 0775);
          fanouts[first] = true;
        }
        write(path, object);
        staged.add(target.checksum());
      }
    }
    return links.link(target, staging, path);
  }

  private void write(String path, FileObject object) throws IOException {
    int flags = OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW;
    try (Fd file = Fs.open(staging, path, flags, 0600)) {
      try {
        copies.writeContent(file, object);
        Fs.chmod(file, object.header().mode() & FileMode.PERMISSIONS & ~SET_ID);
      } catch (IOException | RuntimeException e) {
        Fs.unlinkIfExists(staging, path);
        throw e;
      }
    }
  }

  private static String path(Checksum checksum) {
    return RepoLayout.loosePath(ObjectName.file(checksum), RepoMode.BARE);
  }

  /** Moves what was added into the cache. */
  void publish() throws IOException {
    if (staged.isEmpty()) {
      return;
    }
    if (sync) {
      Io.syncfs(staging);
    }
    if (Fs.renameNoReplace(tmp, stagingName, repo.descriptor(), NAME)) {
      return;
    }
    try (Fd target = Fs.openDir(repo.descriptor(), NAME)) {
      for (int i = 0; i < FANOUTS; i++) {
        String fanout = RepoLayout.fanout(i);
        if (fanouts[i] && !Fs.renameNoReplace(staging, fanout, target, fanout)) {
          merge(fanout, target);
        }
      }
    }
  }

  private void merge(String fanout, Fd cacheDirectory) throws IOException {
    try (Fd from = Fs.openDir(staging, fanout);
        Fd to = Fs.openDir(cacheDirectory, fanout)) {
      for (DirEntry entry : DirStream.list(from)) {
        // A checkout that ran beside us may have brought the same file.
        if (!Fs.renameNoReplace(from, entry.name(), to, entry.name())) {
          Fs.unlink(from, entry.name());
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (Fd ignored = cache;
        tmp;
        staging) {
      Fs.removeTree(tmp, stagingName);
    }
  }
}
