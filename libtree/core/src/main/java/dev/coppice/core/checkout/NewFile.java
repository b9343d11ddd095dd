package dev.coppice.core.checkout;

import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A file that gets its name when it is complete: without any name until then, or under a temporary
 * one where the file system knows no unnamed files.
 */
final class NewFile implements AutoCloseable {
  private final Fd directory;
  private final Fd file;
  private @Nullable String temporary;

  private NewFile(Fd directory, Fd file, @Nullable String temporary) {
    this.directory = directory;
    this.file = file;
    this.temporary = temporary;
  }

  static NewFile in(Fd directory) throws IOException {
    try {
      return new NewFile(directory, Fs.openTmpfile(directory, 0600), null);
    } catch (PosixException e) {
      if (e.errno() != Errno.EOPNOTSUPP && e.errno() != Errno.EISDIR) {
        throw e;
      }
    }
    String name = temporaryName();
    int flags = OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW;
    return new NewFile(directory, Fs.open(directory, name, flags, 0600), name);
  }

  static String temporaryName() {
    return ".checkout-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  Fd file() {
    return file;
  }

  /** Gives it its name; false when that exists. */
  boolean publish(String name) throws IOException {
    if (temporary == null) {
      return Fs.linkTmpfileIfMissing(file, directory, name);
    }
    boolean renamed = Fs.renameNoReplace(directory, temporary, directory, name);
    if (renamed) {
      temporary = null;
    }
    return renamed;
  }

  /** Gives it its name in place of the file that has it. */
  void replace(String name) throws IOException {
    if (temporary == null) {
      String second = temporaryName();
      Fs.linkTmpfile(file, directory, second);
      temporary = second;
    }
    Fs.rename(directory, temporary, directory, name);
    temporary = null;
  }

  @Override
  public void close() throws IOException {
    try (file) {
      if (temporary != null) {
        Fs.unlinkIfExists(directory, temporary);
      }
    }
  }
}
