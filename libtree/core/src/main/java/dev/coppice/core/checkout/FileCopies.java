package dev.coppice.core.checkout;

import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.Xattrs;
import dev.coppice.core.store.DiskChecksum;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.store.StoredXattrs;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Files and symbolic links of their own in the destination. Source: {@code
 * create_file_copy_from_input_at}.
 */
final class FileCopies {
  private static final int SET_ID = 06000;
  private static final int OWNER_MAY_READ = 0400;
  private static final int BUFFER = 128 << 10;

  private final Session session;
  private final Overwrite overwrite;
  private final ThreadLocal<byte[]> buffers = ThreadLocal.withInitial(() -> new byte[BUFFER]);

  FileCopies(Session session) {
    this.session = session;
    this.overwrite = session.options().overwrite();
  }

  void write(Target target, FileObject object) throws IOException {
    boolean written =
        object.header().isSymlink()
            ? writeLink(target, object.header())
            : writeFile(target, object);
    if (written) {
      session.countCopied();
    } else {
      session.countKept();
    }
  }

  // ---- regular files

  private boolean writeFile(Target target, FileObject object) throws IOException {
    if (!target.directory().existed()) {
      // Nobody else can see this directory yet: a name from the start costs less than one later.
      writeInPlace(target, object);
      return true;
    }
    try (NewFile file = NewFile.in(target.fd())) {
      fill(file.file(), target, object);
      return publish(file, target);
    }
  }

  private void writeInPlace(Target target, FileObject object) throws IOException {
    int flags = OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW;
    try (Fd file = Fs.open(target.fd(), target.name(), flags, 0600)) {
      try {
        fill(file, target, object);
      } catch (IOException | RuntimeException e) {
        Fs.unlinkIfExists(target.fd(), target.name());
        throw e;
      }
    }
  }

  private boolean publish(NewFile file, Target target) throws IOException {
    if (overwrite == Overwrite.REPLACE_FILES) {
      if (session.options().has(CheckoutFlag.WHITEOUTS)) {
        // A layer may have a file where the one below had a directory.
        Fs.removeTree(target.fd(), target.name());
      }
      file.replace(target.name());
      return true;
    }
    if (file.publish(target.name())) {
      return true;
    }
    boolean kept =
        overwrite == Overwrite.KEEP_FILES
            || (overwrite == Overwrite.ONLY_IDENTICAL && isSame(target));
    if (!kept) {
      throw CheckoutException.conflict(target.place(), "linkat: File exists");
    }
    return false;
  }

  private boolean isSame(Target target) throws IOException {
    return DiskChecksum.of(target.fd(), target.name(), session.checksumRules())
        .equals(target.checksum());
  }

  private void fill(Fd file, Target target, FileObject object) throws IOException {
    writeContent(file, object);
    FileHeader header = object.header();
    int mode = header.mode() & FileMode.PERMISSIONS;
    if (session.userMode()) {
      mode = (mode & ~SET_ID) | OWNER_MAY_READ;
    } else {
      // Owner first: chown clears set-id bits and file capabilities.
      Fs.chown(file, header.uid(), header.gid());
      byte[] label = label(target, header);
      StoredXattrs.set(file, attributes(header, label));
      if (label != null) {
        dev.coppice.posix.Xattrs.set(file, Labels.ATTRIBUTE, label);
      }
    }
    Fs.chmod(file, mode);
    if (session.options().has(CheckoutFlag.FSYNC)) {
      Io.fsync(file);
    }
  }

  /** Writes the content of a regular file. */
  void writeContent(Fd file, FileObject object) throws IOException {
    if (object.size() == 0) {
      return;
    }
    session.progress().copied(object.size());
    Fd plain = object.plainFile();
    if (plain != null) {
      if (!Io.tryClone(plain, file)) {
        long copied = Io.copyFileRange(plain, file, object.size());
        if (copied != object.size()) {
          throw new EOFException(
              "the object ended after " + copied + " of " + object.size() + " bytes");
        }
      }
      return;
    }
    byte[] buffer = buffers.get();
    try (InputStream in = object.content()) {
      int count = in.read(buffer, 0, BUFFER);
      while (count >= 0) {
        Io.writeFully(file, buffer, 0, count);
        count = in.read(buffer, 0, BUFFER);
      }
    }
  }

  private byte @Nullable [] label(Target target, FileHeader header) throws IOException {
    return session.labels() ? session.label(target.path(), header.mode()) : null;
  }

  private static Xattrs attributes(FileHeader header, byte @Nullable [] label) {
    return label == null ? header.xattrs() : header.xattrs().without(Labels.ATTRIBUTE);
  }

  // ---- symbolic links

  private boolean writeLink(Target target, FileHeader header) throws IOException {
    while (!Fs.symlinkIfMissing(header.target(), target.fd(), target.name())) {
      switch (overwrite) {
        case REFUSE -> throw linkConflict(target);
        case KEEP_FILES -> {
          return false;
        }
        case ONLY_IDENTICAL -> {
          if (!isSameLink(target, header)) {
            throw linkConflict(target);
          }
          return false;
        }
        case REPLACE_FILES -> {
          if (session.options().has(CheckoutFlag.WHITEOUTS)) {
            Fs.removeTree(target.fd(), target.name());
          } else {
            Fs.unlinkIfExists(target.fd(), target.name());
          }
        }
      }
    }
    if (!session.userMode()) {
      Fs.lchownAt(target.fd(), target.name(), header.uid(), header.gid());
      byte[] label = label(target, header);
      StoredXattrs.setOnLink(target.fd(), target.name(), attributes(header, label));
      if (label != null) {
        dev.coppice.posix.Xattrs.set(target.fd(), target.name(), Labels.ATTRIBUTE, label);
      }
    }
    return true;
  }

  private static CheckoutException linkConflict(Target target) {
    return CheckoutException.conflict(target.place(), "symlinkat: File exists");
  }

  private static boolean isSameLink(Target target, FileHeader header) throws IOException {
    FileStat stat = Fs.stat(target.fd(), target.name());
    return stat.isSymlink() && Fs.readlink(target.fd(), target.name()).equals(header.target());
  }
}
