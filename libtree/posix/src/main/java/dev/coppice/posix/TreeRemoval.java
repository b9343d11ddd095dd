package dev.coppice.posix;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Removes a tree through directory descriptors.
 *
 * <p>Every directory is opened relative to its parent's descriptor and never through a symbolic
 * link, so a tree that somebody changes meanwhile cannot lead the removal elsewhere.
 */
final class TreeRemoval {
  /** How often a directory is emptied again when somebody else keeps adding to it. */
  private static final int ATTEMPTS = 10;

  private final boolean clearImmutable;

  TreeRemoval(boolean clearImmutable) {
    this.clearImmutable = clearImmutable;
  }

  void remove(Fd dir, String name) throws IOException {
    long result = Fs.unlinkat(dir, name, 0);
    if (clearImmutable && Syscall.is(result, Errno.EPERM) && clear(dir, name)) {
      result = Fs.unlinkat(dir, name, 0);
    }
    if (isGone(result)) {
      return;
    }
    if (!Syscall.is(result, Errno.EISDIR)) {
      Syscall.check(result, "unlinkat", name);
    }
    removeDirectory(dir, name);
  }

  private void removeDirectory(Fd dir, String name) throws IOException {
    for (int attempt = 1; ; attempt++) {
      if (!empty(dir, name)) {
        return;
      }
      long result = Fs.rmdirat(dir, name);
      if (isGone(result)) {
        return;
      }
      if (Syscall.is(result, Errno.ENOTDIR)) { // swapped for a file since
        remove(dir, name);
        return;
      }
      if (!Syscall.is(result, Errno.ENOTEMPTY) || attempt == ATTEMPTS) {
        Syscall.check(result, "rmdir", name);
      }
    }
  }

  /** Removes what is in a directory; false when the name is no directory (any more) and is gone. */
  private boolean empty(Fd dir, String name) throws IOException {
    try (var child = openDirectory(dir, name)) {
      if (child == null) {
        return false;
      }
      if (clearImmutable) {
        InodeFlags.setImmutable(child, false);
      }
      removeContent(child);
      return true;
    }
  }

  private void removeContent(Fd directory) throws IOException {
    for (var entry : DirStream.list(directory)) {
      if (entry.isDirectory()) {
        removeDirectory(directory, entry.name());
      } else {
        remove(directory, entry.name());
      }
    }
  }

  private @Nullable Fd openDirectory(Fd dir, String name) throws IOException {
    try {
      return Fs.openDirIfExists(dir, name);
    } catch (PosixException failure) {
      if (failure.errno() == Errno.ENOTDIR || failure.errno() == Errno.ELOOP) {
        // A file or link took the place of the directory: remove that, and do not follow it.
        Syscall.check(okIfGone(Fs.unlinkat(dir, name, 0)), "unlinkat", name);
        return null;
      }
      throw failure;
    }
  }

  /** Clears the flag of one file or directory; false when it cannot carry one. */
  private static boolean clear(Fd dir, String name) throws IOException {
    if (!InodeFlags.mayHaveFlags(Fs.statIfExists(dir, name))) {
      return false;
    }
    try (var file = Fs.openRead(dir, name)) {
      return InodeFlags.setImmutable(file, false);
    }
  }

  private static long okIfGone(long result) {
    return isGone(result) ? 0 : result;
  }

  private static boolean isGone(long result) {
    return result == 0 || Syscall.is(result, Errno.ENOENT);
  }
}
