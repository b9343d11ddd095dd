package dev.coppice.core.checkout;

import dev.coppice.core.store.DiskChecksum;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.PosixException;
import java.io.IOException;

/** Names for files of the repository in the destination. Source: {@code checkout_file_hardlink}. */
final class HardLinks {
  private final Session session;
  private final Overwrite overwrite;
  private final LinkListener listener;

  HardLinks(Session session) {
    this.session = session;
    this.overwrite = session.options().overwrite();
    this.listener = session.options().hooks().links();
  }

  /** Links a file, or returns false when it has to be copied. */
  boolean link(Target target, Fd source, String path) throws IOException {
    try {
      if (!Fs.linkIfMissing(source, path, target.fd(), target.name())) {
        return meet(target, source, path);
      }
    } catch (PosixException e) {
      if (isFatal(target, e.errno())) {
        throw new IOException(message(target, path, e.errno().text()), e);
      }
      return false;
    }
    linked(target);
    return true;
  }

  private void linked(Target target) throws IOException {
    session.countLinked();
    if (listener != LinkListener.NONE) {
      listener.linked(target.checksum(), target.fd(), target.name());
    }
  }

  private boolean isFatal(Target target, Errno errno) {
    if (errno == Errno.ENOENT) {
      // Somebody removed the object: the copy that is tried next says so.
      return false;
    }
    boolean optional = session.options().linking() != Linking.REQUIRED;
    if (optional && errno == Errno.EXDEV) {
      target.directory().notLinkable();
    }
    return !(optional && (errno == Errno.EMLINK || errno == Errno.EXDEV || errno == Errno.EPERM));
  }

  private static String message(Target target, String path, String problem) {
    return "Hardlinking " + path + " to " + target.name() + ": " + problem;
  }

  /** The name exists. */
  private boolean meet(Target target, Fd source, String path) throws IOException {
    switch (overwrite) {
      case REFUSE -> throw conflict(target, path);
      case KEEP_FILES -> session.countKept();
      case REPLACE_FILES -> {
        if (isSame(target, source, path)) {
          session.countKept();
        } else {
          replace(target, source, path);
          linked(target);
        }
      }
      case ONLY_IDENTICAL -> {
        if (!isSame(target, source, path)) {
          throw conflict(target, path);
        }
        session.countKept();
      }
    }
    return true;
  }

  private static CheckoutException conflict(Target target, String path) {
    return CheckoutException.conflict(target.place(), message(target, path, "File exists"));
  }

  private boolean isSame(Target target, Fd source, String path) throws IOException {
    FileStat ours = Fs.stat(source, path);
    FileStat theirs = Fs.stat(target.fd(), target.name());
    if (ours.isSameFile(theirs)) {
      return true;
    }
    boolean alike =
        ours.mode() == theirs.mode()
            && (!ours.isRegular() || ours.size() == theirs.size())
            && ours.uid() == theirs.uid()
            && ours.gid() == theirs.gid();
    return alike
        && DiskChecksum.of(target.fd(), target.name(), session.checksumRules())
            .equals(target.checksum());
  }

  /** In one step, by a second name: the old file is there until the new one is. */
  private void replace(Target target, Fd source, String path) throws IOException {
    String temporary = NewFile.temporaryName();
    Fs.link(source, path, target.fd(), temporary);
    try {
      if (session.options().has(CheckoutFlag.WHITEOUTS)) {
        // A layer may have a file where the one below had a directory.
        Fs.removeTree(target.fd(), target.name());
      }
      Fs.rename(target.fd(), temporary, target.fd(), target.name());
    } catch (IOException e) {
      Fs.unlinkIfExists(target.fd(), temporary);
      throw e;
    }
  }
}
