package dev.coppice.posix;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Opening files by paths that must stay inside a directory, whatever symbolic links, mounts of
 * {@code /proc} or renames of others do meanwhile: the kernel checks each step of the way ({@code
 * openat2}, Linux 5.6).
 */
public final class Beneath {
  // struct open_how of linux/openat2.h: u64 flags, mode, resolve.
  private static final long OPEN_HOW_SIZE = 24;
  private static final long RESOLVE_NO_MAGICLINKS = 0x02;
  private static final long RESOLVE_NO_SYMLINKS = 0x04;
  private static final long RESOLVE_BENEATH = 0x08;
  // A fifo must not keep the caller waiting for a writer.
  private static final int FLAGS = OpenFlags.O_RDONLY | OpenFlags.O_NOCTTY | OpenFlags.O_NONBLOCK;

  /** The kernel gives up when something was renamed on the way; it will not for ever. */
  private static final int ATTEMPTS = 16;

  private Beneath() {}

  /** Opens an existing file for reading; a symbolic link anywhere on the path counts as none. */
  public static @Nullable Fd openIfExists(Fd dir, String path) throws IOException {
    return open(dir, path, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);
  }

  /**
   * Opens an existing file for reading and follows symbolic links that stay inside; one that leads
   * outside, and every absolute one, counts as none.
   */
  public static @Nullable Fd openFollowingIfExists(Fd dir, String path) throws IOException {
    return open(dir, path, RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS);
  }

  private static @Nullable Fd open(Fd dir, String path, long resolve) throws IOException {
    var scratch = Scratch.get();
    MemorySegment how = scratch.struct;
    long result = 0;
    for (int i = 0; i < ATTEMPTS; i++) {
      how.set(JAVA_LONG, 0, FLAGS | OpenFlags.O_CLOEXEC);
      how.set(JAVA_LONG, 8, 0);
      how.set(JAVA_LONG, 16, resolve);
      result =
          Syscall.call(
              scratch,
              CallNumber.OPENAT2,
              dir.number(),
              scratch.path(path),
              how.address(),
              OPEN_HOW_SIZE);
      if (!Syscall.is(result, Errno.EAGAIN)) {
        break;
      }
    }
    if (isNone(result)) {
      return null;
    }
    return Fd.adopt((int) Syscall.check(result, "openat2", path));
  }

  /** Nothing there, or only by a way that leads outside. */
  private static boolean isNone(long result) {
    return Syscall.is(result, Errno.ENOENT)
        || Syscall.is(result, Errno.ENOTDIR)
        || Syscall.is(result, Errno.ELOOP)
        || Syscall.is(result, Errno.EXDEV)
        || Syscall.is(result, Errno.ENXIO);
  }
}
