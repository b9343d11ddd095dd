package dev.coppice.transfer.pull;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Workers;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.repo.Transaction;
import dev.coppice.core.store.ContentSource;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.store.LooseStore;
import dev.coppice.core.store.ObjectVerifier;
import dev.coppice.core.store.RepoMode;
import dev.coppice.core.tree.ObjectSet;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.transfer.pull.PullRequest.Option;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a repository on this machine: brought over by a hard link where both repositories
 * keep an object in the same form and have the same owner, by a copy as it is where a link is
 * impossible, else by reading and writing it anew, which always verifies it. Source: {@code
 * _ostree_repo_import_object}.
 */
final class LocalSource implements PullSource {
  /** What bare-user-only repositories may hold. */
  private static final int HARMLESS = 0775;

  private final Repo source;
  private final Transaction transaction;
  private final PullRequest request;
  private final Optional<CollectionId> collection;
  private final boolean sameOwner;
  private final ConcurrentLinkedQueue<ObjectVerifier> verifiers = new ConcurrentLinkedQueue<>();

  /**
   * Both repositories stay the caller's.
   *
   * @param collection what commits must be bound to
   */
  LocalSource(
      Repo source, Transaction transaction, PullRequest request, Optional<CollectionId> collection)
      throws IOException {
    this.source = source;
    this.transaction = transaction;
    this.request = request;
    this.collection = collection;
    this.sameOwner =
        owner(source.store().descriptor()) == owner(transaction.repo().store().descriptor());
  }

  private static int owner(Fd directory) throws IOException {
    return Fs.fstat(directory).uid();
  }

  @Override
  public byte @Nullable [] load(ObjectName name, long maxBytes) throws IOException {
    return source.objects().loadIfExists(name);
  }

  @Override
  public void stage(ObjectName name, byte[] bytes) throws IOException {
    LooseStore store = name.type() == ObjectType.COMMITMETA ? null : holder(name);
    boolean linked =
        sameOwner
            && store != null
            && transaction.writer().linkObject(store.descriptor(), store.path(name), name);
    if (!linked) {
      transaction.writer().writeNamed(name, bytes);
    }
  }

  @Override
  public boolean hasFile(Checksum checksum) throws IOException {
    return source.objects().has(ObjectName.file(checksum));
  }

  /** Nothing comes over a network. */
  @Override
  public OptionalLong downloadSize(ObjectSet files) {
    return OptionalLong.of(0);
  }

  /** Reading metadata here is too quick for threads to pay; files are more work. */
  @Override
  public int parallelism() {
    return Workers.threads();
  }

  @Override
  public Optional<String> collection() {
    return collection.map(CollectionId::id);
  }

  @Override
  public long file(Checksum checksum) throws IOException {
    ObjectName name = ObjectName.file(checksum);
    LooseStore store = holder(name);
    if (store == null) {
      throw new MissingObjectException(name);
    }
    if (request.asks(Option.BAREUSERONLY_FILES)) {
      try (FileObject file = store.openFile(checksum)) {
        checkHarmless(file.header(), checksum);
      }
    }
    if (keptAlike(store, name) && (trusted() || sameOwner)) {
      if (!trusted()) {
        verify(name);
      }
      if (direct(store, name)) {
        transaction.writer().linkPayload(store, name);
        return 0;
      }
    }
    return convert(store, name);
  }

  private boolean trusted() {
    return !request.asks(Option.UNTRUSTED);
  }

  /** The store that has an object, or null. */
  private @Nullable LooseStore holder(ObjectName name) throws IOException {
    for (LooseStore store : source.stores()) {
      if (store.has(name)) {
        return store;
      }
    }
    return null;
  }

  /** Refuses files that bare-user-only repositories may not hold. */
  static void checkHarmless(FileHeader header, Checksum checksum) {
    int refused = header.mode() & FileMode.PERMISSIONS & ~HARMLESS;
    if (!header.isSymlink() && refused != 0) {
      throw new Failure(
          ErrorCode.REPO_UNSUITABLE,
          String.format(
              Locale.ROOT,
              "Content object %s: invalid mode 0%04o with bits 0%04o",
              checksum,
              header.mode(),
              refused),
          "Pull without --bareuseronly-files to allow setuid, setgid, sticky and world-writable"
              + " files.");
    }
  }

  /** Whether the file of the source can be the file of the destination as it is. */
  private boolean keptAlike(LooseStore store, ObjectName name) throws IOException {
    RepoMode from = store.mode();
    RepoMode to = transaction.repo().mode();
    if (from == to) {
      return true;
    }
    if (from == RepoMode.BARE_USER && to == RepoMode.BARE_USER_ONLY) {
      // Flatpak has both. A symbolic link is a file in one and a link in the other.
      try (FileObject file = store.openFile(name.checksum())) {
        int refused = file.header().mode() & FileMode.PERMISSIONS & ~HARMLESS;
        return !file.header().isSymlink() && refused == 0;
      }
    }
    return false;
  }

  private void verify(ObjectName name) throws IOException {
    ObjectVerifier verifier = verifiers.poll();
    if (verifier == null) {
      verifier = new ObjectVerifier(source.stores());
    }
    try {
      verifier.verify(name);
    } finally {
      verifiers.add(verifier);
    }
  }

  private boolean direct(LooseStore store, ObjectName name) throws IOException {
    if (sameOwner && transaction.writer().linkObject(store.descriptor(), store.path(name), name)) {
      return true;
    }
    return store.mode() == transaction.repo().mode()
        && transaction.writer().copyObject(store, name);
  }

  private long convert(LooseStore store, ObjectName name) throws IOException {
    try (FileObject file = store.openFile(name.checksum())) {
      if (file.header().isSymlink()) {
        return write(file, ContentSource.EMPTY, name);
      }
      Fd plain = file.plainFile();
      if (plain != null) {
        return write(file, new ContentSource.OfFile(plain, file.size()), name);
      }
      // Closing it frees the memory of the decompressor, which lies outside of the heap.
      try (InputStream content = file.content()) {
        return write(file, new ContentSource.OfStream(content, file.size()), name);
      }
    }
  }

  private long write(FileObject file, ContentSource content, ObjectName name) throws IOException {
    var written = transaction.writeFile(file.header(), content, name.checksum());
    return written.added() ? written.size() : 0;
  }

  @Override
  public void close() {
    for (ObjectVerifier verifier = verifiers.poll();
        verifier != null;
        verifier = verifiers.poll()) {
      verifier.close();
    }
  }
}
