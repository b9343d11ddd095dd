package dev.coppice.core.checkout;

import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.PosixException;
import java.io.IOException;

/** The directory that the user named, which is made when it is missing; its parent is not. */
final class Destination {
  private Destination() {}

  /**
   * Makes it with mode 0700.
   *
   * @return whether something of that name existed
   */
  static boolean make(Fd start, String name) throws IOException {
    try {
      return !Fs.mkdirIfMissing(start, name, 0700);
    } catch (PosixException e) {
      throw refused(name, e);
    }
  }

  /** Opens it; unlike a directory below, it may be a link to one. */
  static Fd open(Fd start, String name) throws IOException {
    try {
      return Fs.open(start, name, OpenFlags.O_DIRECTORY, 0);
    } catch (PosixException e) {
      throw e.errno() == Errno.ENOTDIR ? CheckoutException.notDirectory(name) : refused(name, e);
    }
  }

  private static CheckoutException refused(String name, PosixException e) throws PosixException {
    return switch (e.errno()) {
      case ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG -> CheckoutException.destination(name, e);
      default -> throw e;
    };
  }
}
