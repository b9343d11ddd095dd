package dev.coppice.core.checkout;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.DirTree;
import dev.coppice.core.object.MissingObjectException;
import dev.coppice.core.store.StoredXattrs;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one directory, the files in it, and tasks for the directories in it. */
final class DirectoryTask implements WorkStack.Task {
  /** Files of one task, so that one very large directory does not keep one thread busy alone. */
  private static final int FILES = 512;

  private static final String OPAQUE = ".wh..wh..opq";

  private final FileCheckout files;
  private final @Nullable OpenDirectory parent;
  private final Fd parentFd;
  private final String name;
  private final Source source;

  /**
   * What to make.
   *
   * @param path from the root of the checkout, with a slash at the end
   */
  record Source(String path, Checksum tree, Checksum meta) {}

  private DirectoryTask(
      FileCheckout files, @Nullable OpenDirectory parent, Fd parentFd, String name, Source source) {
    this.files = files;
    this.parent = parent;
    this.parentFd = parentFd;
    this.name = name;
    this.source = source;
  }

  /** The task of the whole checkout. */
  static DirectoryTask root(FileCheckout files, Fd directory, String name, Source source) {
    return new DirectoryTask(files, null, directory, name, source);
  }

  @Override
  public String path() {
    return source.path();
  }

  @Override
  public int part() {
    return 0;
  }

  @Override
  public void abandon() throws IOException {
    if (parent != null) {
      parent.release(false);
    }
  }

  @Override
  public void run(WorkStack stack) throws IOException {
    Session session = files.session();
    OpenDirectory directory = null;
    boolean entered = false;
    try {
      if (!session.options().hooks().filter().skips(source.path())) {
        DirMeta meta = session.meta(source.meta());
        DirTree tree = session.repo().loadTree(source.tree());
        directory = enter(tree, meta);
        session.countDirectory();
        fill(stack, directory, tree);
      }
      entered = true;
    } catch (MissingObjectException e) {
      throw session.missing(source.path(), e);
    } catch (PosixException e) {
      throw session.failed(source.path(), e);
    } finally {
      if (directory != null) {
        directory.release(entered);
      } else if (parent != null) {
        parent.release(entered);
      }
    }
  }

  private void fill(WorkStack stack, OpenDirectory directory, DirTree tree) throws IOException {
    int size = tree.files().size();
    // Whiteouts remove what stands before them, so they want the order of the names.
    boolean split = size > FILES && !files.session().options().has(CheckoutFlag.WHITEOUTS);
    int first = split ? FILES : size;
    files.checkout(directory, tree.files().subList(0, first));
    var tasks = new ArrayList<WorkStack.Task>();
    for (int from = first; from < size; from += FILES) {
      List<DirTree.File> part = tree.files().subList(from, Math.min(from + FILES, size));
      tasks.add(new FilesTask(files, directory, part, from));
    }
    for (DirTree.Dir dir : tree.dirs()) {
      var below = new Source(source.path() + dir.name() + "/", dir.tree(), dir.meta());
      tasks.add(new DirectoryTask(files, directory, directory.fd(), dir.name(), below));
    }
    if (!tasks.isEmpty()) {
      directory.retain(tasks.size());
      stack.push(tasks);
    }
  }

  private OpenDirectory enter(DirTree tree, DirMeta meta) throws IOException {
    Session session = files.session();
    if (session.options().has(CheckoutFlag.WHITEOUTS)) {
      makeRoom(tree);
    }
    boolean existed =
        parent == null
            ? Destination.make(parentFd, name)
            : !Fs.mkdirIfMissing(parentFd, name, 0700);
    if (existed && session.options().overwrite() == Overwrite.REFUSE) {
      throw CheckoutException.conflict(session.place(source.path()), "mkdirat: File exists");
    }
    Fd fd = parent == null ? Destination.open(parentFd, name) : open();
    try {
      if ((parent == null || existed) && session.options().linking() == Linking.REQUIRED) {
        checkDevice(fd);
      }
      if (!existed && !session.userMode()) {
        StoredXattrs.set(fd, meta.xattrs());
        byte[] label = session.labels() ? session.label(source.path(), meta.mode()) : null;
        if (label != null) {
          dev.coppice.posix.Xattrs.set(fd, Labels.ATTRIBUTE, label);
        }
      }
      var place = new OpenDirectory.Place(source.path(), meta);
      return new OpenDirectory(session, parent, fd, place, existed);
    } catch (IOException | RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  /** What the user named may be a link to a directory; nothing below it may. */
  private Fd open() throws IOException {
    try {
      return Fs.open(parentFd, name, OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW, 0);
    } catch (PosixException e) {
      if (e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP) {
        throw CheckoutException.notDirectory(files.session().place(source.path()));
      }
      throw e;
    }
  }

  /** Removes what a layer replaces as a whole. */
  private void makeRoom(DirTree tree) throws IOException {
    if (tree.file(OPAQUE) != null) {
      Fs.removeTree(parentFd, name);
    } else if (files.session().options().overwrite() == Overwrite.REPLACE_FILES) {
      FileStat stat = Fs.statIfExists(parentFd, name);
      if (stat != null && !stat.isDirectory()) {
        Fs.removeTree(parentFd, name);
      }
    }
  }

  private void checkDevice(Fd fd) throws IOException {
    long from = Fs.fstat(files.session().repo().descriptor()).dev();
    long to = Fs.fstat(fd).dev();
    if (from != to) {
      throw CheckoutException.impossible(
          files.session().place(source.path()),
          "Unable to do hardlink checkout across devices (src="
              + Long.toUnsignedString(from)
              + " destination="
              + Long.toUnsignedString(to)
              + ")");
    }
  }
}
