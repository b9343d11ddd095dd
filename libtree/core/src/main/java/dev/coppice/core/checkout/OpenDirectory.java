package dev.coppice.core.checkout;

import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.FileMode;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the destination while something in it is still to be done.
 *
 * <p>It is made with mode 0700 and gets its mode, owner and time when the last file and the last
 * directory in it are done: nobody else can reach a half-made tree. Source: {@code
 * checkout_tree_at_recurse}.
 */
final class OpenDirectory {
  private static final int PLAIN = 0775;

  private final Session session;
  private final @Nullable OpenDirectory parent;
  private final Fd fd;
  private final Place place;
  private final boolean existed;
  private int pending = 1;
  private boolean broken;
  private volatile boolean linkable = true;

  /** Where the directory is in the tree and what the tree says about it. */
  record Place(String path, DirMeta meta) {}

  OpenDirectory(
      Session session, @Nullable OpenDirectory parent, Fd fd, Place place, boolean existed) {
    this.session = session;
    this.parent = parent;
    this.fd = fd;
    this.place = place;
    this.existed = existed;
    this.linkable = parent == null || parent.linkable;
  }

  Fd fd() {
    return fd;
  }

  /** From the root of the checkout, with a slash at the end. */
  String path() {
    return place.path();
  }

  /** A path of the tree as a place in the destination. */
  String place(String path) {
    return session.place(path);
  }

  /** Whether it was there before us, and so is not ours to change. */
  boolean existed() {
    return existed;
  }

  /** Whether files of the repository can be linked into it, as far as is known. */
  boolean isLinkable() {
    return linkable;
  }

  /** Remembers that it is on another mount than the repository. */
  void notLinkable() {
    linkable = false;
  }

  /** More tasks will release this directory. */
  synchronized void retain(int tasks) {
    pending += tasks;
  }

  /** A task is done with this directory; the last one finishes and closes it. */
  void release(boolean succeeded) throws IOException {
    boolean complete;
    synchronized (this) {
      pending--;
      broken |= !succeeded;
      if (pending > 0) {
        return;
      }
      complete = !broken;
    }
    boolean finished = false;
    try (fd) {
      if (complete) {
        finish();
        finished = true;
      }
    } catch (IOException e) {
      throw session.failed(place.path(), e);
    } finally {
      if (parent != null) {
        parent.release(finished);
      }
    }
  }

  private void finish() throws IOException {
    if (!existed) {
      DirMeta meta = place.meta();
      Fs.chmod(fd, meta.mode() & (session.plainDirectoryModes() ? PLAIN : FileMode.PERMISSIONS));
      if (!session.userMode()) {
        Fs.chown(fd, meta.uid(), meta.gid());
      }
      // Copies are mostly for /etc, whose directories people look at by time.
      if (session.options().linking() != Linking.COPY) {
        Fs.setModified(fd, 0, 0);
      }
    }
    if (session.options().has(CheckoutFlag.FSYNC)) {
      Io.fsync(fd);
    }
  }
}
