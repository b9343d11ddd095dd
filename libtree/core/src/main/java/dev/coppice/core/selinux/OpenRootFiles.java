package dev.coppice.core.selinux;

import dev.coppice.posix.Beneath;
import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Io;
import dev.coppice.posix.PosixException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open root file system that nobody has booted: no link in it leads outside.
 *
 * @param root its directory; stays the caller's
 */
public record OpenRootFiles(Fd root) implements PolicyFiles {
  /** The largest file that is read; those of real policies have a megabyte. */
  private static final long LARGEST = 64 << 20;

  @Override
  public byte @Nullable [] read(String path) throws IOException {
    try (Fd file = Beneath.openFollowingIfExists(root, path)) {
      return file == null ? null : Io.readAll(file, LARGEST);
    }
  }

  @Override
  public boolean exists(String path) throws IOException {
    try (Fd file = Beneath.openFollowingIfExists(root, path)) {
      return file != null;
    }
  }

  @Override
  public List<String> list(String path) throws IOException {
    try (Fd directory = Beneath.openFollowingIfExists(root, path)) {
      return directory == null
          ? List.of()
          : DirStream.list(directory).stream().map(DirEntry::name).toList();
    } catch (PosixException e) {
      if (e.errno() == Errno.ENOTDIR) {
        return List.of();
      }
      throw e;
    }
  }
}
