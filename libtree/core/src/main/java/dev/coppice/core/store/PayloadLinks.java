package dev.coppice.core.store;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.store.Staging.StagedFile;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixException;
import java.io.EOFException;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Links from the checksum of a content to a file object that has it, so that another file with the
 * same content but another owner, mode or attributes shares its blocks. Only where the file system
 * can share, and for files of at least {@code core.payload-link-threshold} bytes. For several
 * threads. Source: {@code _create_payload_link}, {@code _try_clone_from_payload_link}.
 */
public final class PayloadLinks {
  private static final int READ = OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW;

  private final LooseStore own;
  private final List<LooseStore> stores;
  private final Staging staging;
  private final OptionalLong threshold;

  /** The files that the links of this transaction lead to. */
  private final Map<Checksum, ObjectName> made = new ConcurrentHashMap<>();

  private volatile @Nullable Boolean supported;

  /**
   * Links of a transaction.
   *
   * @param stores the repository's own, then those of its parents
   * @param threshold in bytes; empty: there are no links
   */
  public PayloadLinks(List<LooseStore> stores, Staging staging, OptionalLong threshold) {
    this.own = stores.getFirst();
    this.stores = stores;
    this.staging = staging;
    this.threshold = threshold;
  }

  /** Whether a regular file of this size that is written gets a link. */
  boolean wants(long size) throws IOException {
    boolean keepsAttributes = own.mode() == RepoMode.BARE || own.mode() == RepoMode.BARE_USER;
    return keepsAttributes && isLarge(size) && sharing();
  }

  private boolean isLarge(long size) {
    return threshold.isPresent() && size >= threshold.getAsLong();
  }

  /** Whether the file system can share blocks: found out with the configuration, once. */
  private boolean sharing() throws IOException {
    Boolean known = supported;
    if (known == null) {
      StagedFile trial = staging.newFile();
      try (Fd file = trial.file();
          Fd config = Fs.open(own.descriptor(), "../" + RepoLayout.CONFIG, OpenFlags.O_RDONLY, 0)) {
        known = Io.tryClone(config, file);
        supported = known;
      } finally {
        staging.discard(trial);
      }
    }
    return known;
  }

  /**
   * Makes a file share the blocks of a stored one with the same content, whatever it holds so far.
   *
   * @return false when there is none; the file is unchanged then
   */
  boolean share(Checksum content, long size, Fd file) throws IOException {
    try (Fd source = find(content)) {
      return source != null && Fs.fstat(source).size() == size && Io.tryClone(source, file);
    }
  }

  private @Nullable Fd find(Checksum content) throws IOException {
    ObjectName fresh = made.get(content);
    if (fresh != null) {
      Fd staged = staging.openIfStaged(fresh);
      if (staged != null) {
        return staged;
      }
    }
    for (LooseStore store : stores) {
      Fd stored = find(content, store);
      if (stored != null) {
        return stored;
      }
    }
    return null;
  }

  private @Nullable Fd find(Checksum content, LooseStore store) throws IOException {
    var link = new ObjectName(ObjectType.PAYLOAD_LINK, content);
    ObjectName target;
    try {
      target = PayloadTarget.parse(Fs.readlink(store.descriptor(), store.path(link))).orElse(null);
    } catch (PosixException e) {
      if (e.errno() == Errno.ENOENT) {
        return null;
      }
      throw e;
    }
    Fd file = target == null ? null : Fs.openIfExists(store.descriptor(), store.path(target), READ);
    if (file == null && store == own) {
      // It leads nowhere: a new one takes its place.
      store.delete(link);
    }
    return file;
  }

  /** Makes the link to a file object that is staged or stored, if there is none yet. */
  void add(Checksum content, ObjectName file) throws IOException {
    var link = new ObjectName(ObjectType.PAYLOAD_LINK, content);
    if (staging.has(link) || own.has(link)) {
      return;
    }
    String path = staging.newLink(PayloadTarget.to(file, own.mode()));
    if (staging.adoptNewLink(path, link)) {
      made.put(content, file);
    }
  }

  /**
   * Makes the link to an object that came from another repository as it was, by a hard link or a
   * copy; its content is read for that. Source: {@code _import_payload_link}.
   */
  void addImported(LooseStore from, ObjectName name) throws IOException {
    if (!own.mode().isBare() || threshold.isEmpty()) {
      return;
    }
    FileStat stat = Fs.stat(from.descriptor(), from.path(name));
    boolean sameDevice = stat.dev() == Fs.fstat(own.descriptor()).dev();
    if (!stat.isRegular() || !isLarge(stat.size()) || !sameDevice || !sharing()) {
      return;
    }
    try (FileObject object = from.openFile(name.checksum())) {
      Fd file = object.plainFile();
      if (file != null && !object.header().isSymlink()) {
        add(hash(file, object.size()), name);
      }
    }
  }

  private static Checksum hash(Fd file, long size) throws IOException {
    MessageDigest digest = Checksum.newDigest();
    byte[] chunk = new byte[WriteBuffers.CHUNK];
    for (long at = 0; at < size; ) {
      int count = Io.read(file, chunk, 0, (int) Math.min(chunk.length, size - at));
      if (count <= 0) {
        throw new EOFException("an object became shorter while it was read");
      }
      digest.update(chunk, 0, count);
      at += count;
    }
    return Checksum.of(digest.digest());
  }
}
