package dev.coppice.core.checkout;

import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.store.LooseStore;
import dev.coppice.core.store.RepoLayout;
import dev.coppice.core.store.RepoMode;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each file between hard link, copy and whiteout. Source: {@code checkout_one_file_at}.
 */
final class FileCheckout implements AutoCloseable {
  private static final int OWNER_MAY_READ = 0400;

  private final Session session;
  private final List<LooseStore> stores;
  private final CheckoutFilter filter;
  private final Linking linking;
  private final boolean whiteouts;
  private final HardLinks links;
  private final FileCopies copies;
  private final @Nullable UncompressedCache cache;

  FileCheckout(Session session) throws IOException {
    this.session = session;
    this.stores = session.repo().stores();
    this.filter = session.options().hooks().filter();
    this.linking = session.options().linking();
    this.whiteouts =
        session.options().has(CheckoutFlag.WHITEOUTS)
            || session.options().has(CheckoutFlag.PASSTHROUGH_WHITEOUTS);
    this.links = new HardLinks(session);
    this.copies = new FileCopies(session);
    this.cache = UncompressedCache.of(session, links, copies);
  }

  Session session() {
    return session;
  }

  /** Makes files of one directory, in their order. */
  void checkout(OpenDirectory directory, List<DirTree.File> files) throws IOException {
    for (DirTree.File file : files) {
      if (filter == CheckoutFilter.NONE || !filter.skips(directory.path() + file.name())) {
        checkout(new Target(directory, file.name(), file.checksum()));
      }
      session.progress().done();
    }
  }

  /** Makes one file. */
  void checkout(Target target) throws IOException {
    try {
      if (!whiteouts || !whiteout(target)) {
        write(target);
      }
    } catch (MissingObjectException e) {
      throw session.missing(target.path(), e);
    } catch (IOException e) {
      throw session.failed(target.path(), e);
    }
  }

  private boolean whiteout(Target target) throws IOException {
    Whiteout whiteout = Whiteout.of(target.name(), session.options());
    if (whiteout == Whiteout.NONE) {
      return false;
    }
    try (FileObject object = session.repo().objects().openFile(target.checksum())) {
      return !object.header().isSymlink() && whiteout.apply(session, target, object.header());
    }
  }

  private void write(Target target) throws IOException {
    for (LooseStore store : stores) {
      boolean written =
          store.mode() == RepoMode.ARCHIVE ? fromArchive(target, store) : fromBare(target, store);
      if (written) {
        return;
      }
    }
    throw new MissingObjectException(ObjectName.file(target.checksum()));
  }

  private boolean fromBare(Target target, LooseStore store) throws IOException {
    ObjectName name = ObjectName.file(target.checksum());
    String path = RepoLayout.loosePath(name, store.mode());
    FileStat stat = Fs.statIfExists(store.descriptor(), path);
    if (stat == null) {
      return false;
    }
    if (linking != Linking.COPY) {
      Integer recorded = recordedMode(store, path, stat);
      if (recorded != null) {
        boolean symlink = FileMode.isSymlink(recorded);
        if (!isAlwaysCopied(recorded, stat.size())
            && mayLink(target, store, symlink)
            && links.link(target, store.descriptor(), path)) {
          return true;
        }
      }
    }
    return copy(target, store);
  }

  private boolean fromArchive(Target target, LooseStore store) throws IOException {
    UncompressedCache own = store == stores.getFirst() ? cache : null;
    if (own != null && target.directory().isLinkable() && own.link(target)) {
      return true;
    }
    try (FileObject object = store.openFileIfExists(target.checksum())) {
      if (object == null) {
        return false;
      }
      boolean symlink = object.header().isSymlink();
      if (!isAlwaysCopied(object.header().mode(), object.size())) {
        mayLink(target, store, symlink);
        if (own != null && !symlink && own.add(target, object)) {
          return true;
        }
      }
      copies.write(target, object);
      return true;
    }
  }

  private boolean copy(Target target, LooseStore store) throws IOException {
    try (FileObject object = store.openFileIfExists(target.checksum())) {
      if (object == null) {
        return false;
      }
      copies.write(target, object);
      return true;
    }
  }

  /** The mode that the commit records, or null when the attribute that has it is damaged. */
  private static @Nullable Integer recordedMode(LooseStore store, String path, FileStat stat)
      throws IOException {
    return store.mode() == RepoMode.BARE_USER
        ? UserModes.recorded(store.descriptor(), path)
        : (Integer) stat.mode();
  }

  /**
   * Empty files are copied, because a system has so many of them that a file system would run out
   * of links to one; unreadable ones are, because a user's checkout makes them readable.
   */
  private boolean isAlwaysCopied(int mode, long size) {
    return !FileMode.isSymlink(mode)
        && (size == 0 || (session.userMode() && (mode & OWNER_MAY_READ) == 0));
  }

  /** Whether the store keeps the file just as the checkout wants it. */
  private boolean mayLink(Target target, LooseStore store, boolean symlink) {
    boolean userStore =
        store.mode() == RepoMode.BARE_USER || store.mode() == RepoMode.BARE_USER_ONLY;
    boolean matches = session.userMode() ? userStore : store.mode() == RepoMode.BARE;
    // Links are files in bare-user repositories.
    boolean userLink = userStore && symlink;
    if (linking == Linking.REQUIRED && !matches && !userLink) {
      throw CheckoutException.impossible(
          target.place(),
          userStore
              ? "User repository mode requires user checkout mode to hardlink"
              : "Bare repository mode cannot hardlink in user checkout mode");
    }
    return matches && !userLink && target.directory().isLinkable();
  }

  /** Ends a checkout that succeeded. */
  void complete() throws IOException {
    if (cache != null) {
      cache.publish();
    }
  }

  @Override
  public void close() throws IOException {
    if (cache != null) {
      cache.close();
    }
  }
}
