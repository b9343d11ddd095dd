package dev.coppice.posix;

import java.io.IOException;

/**
 * Removes a tree through directory descriptors.
 *
 * <p>Every directory is opened relative to its parent's descriptor and never through a symbolic
 * link, so a tree that somebody changes meanwhile cannot lead the removal elsewhere.
 */
final class TreeRemoval {
  /** How often one name is tried again while somebody else changes what it names. */
  private static final int ATTEMPTS = 1000;

  private final boolean clearImmutable;

  TreeRemoval(boolean clearImmutable) {
    this.clearImmutable = clearImmutable;
  }

  void remove(Fd dir, String name) throws IOException {
    remove(dir, name, false);
  }

  private void remove(Fd dir, String name, boolean expectDirectory) throws IOException {
    boolean asDirectory = expectDirectory;
    for (int attempt = 1; ; attempt++) {
      long result = asDirectory ? removeDirectory(dir, name) : removeFile(dir, name);
      if (result == 0 || Syscall.is(result, Errno.ENOENT)) {
        return;
      }
      boolean isDirectory = Syscall.is(result, Errno.EISDIR);
      boolean isFile = Syscall.is(result, Errno.ENOTDIR) || Syscall.is(result, Errno.ELOOP);
      boolean refilled = Syscall.is(result, Errno.ENOTEMPTY);
      if (attempt == ATTEMPTS || !(isDirectory || isFile || refilled)) {
        Syscall.check(result, "unlinkat", name);
      }
      asDirectory = !isFile;
    }
  }

  private long removeFile(Fd dir, String name) throws IOException {
    long result = Fs.unlinkat(dir, name, 0);
    return clearImmutable && Syscall.is(result, Errno.EPERM) && clear(dir, name)
        ? Fs.unlinkat(dir, name, 0)
        : result;
  }

  private long removeDirectory(Fd dir, String name) throws IOException {
    long opened = Fs.openat(dir, name, OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW, 0);
    if (opened < 0) {
      return opened;
    }
    try (var directory = Fd.adopt((int) opened)) {
      if (clearImmutable) {
        InodeFlags.setImmutable(directory, false);
      }
      for (var entry : DirStream.list(directory)) {
        remove(directory, entry.name(), entry.isDirectory());
      }
    }
    return Fs.rmdirat(dir, name);
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
}
