package dev.coppice.sysroot.etcmerge;

import dev.coppice.posix.DirEntry;
import dev.coppice.posix.DirStream;
import dev.coppice.posix.Errno;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.PosixException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reaches names below a directory step by step, never through a symbolic link. */
final class EtcDirectory {
  /** {@code CHUNK_SIZE} of glocalfileenumerator.c. */
  private static final int CHUNK = 1000;

  private EtcDirectory() {}

  /**
   * The names of a directory in the order in which GLib's enumerator gives them, which the real
   * tool prints: by inode number, a thousand names at a time.
   */
  static List<String> names(Fd directory) throws IOException {
    var inodes = new ArrayList<Inode>();
    for (DirEntry entry : DirStream.list(directory)) {
      FileStat stat = Fs.statIfExists(directory, entry.name());
      if (stat != null) {
        inodes.add(new Inode(stat.ino(), entry.name()));
      }
    }
    for (int start = 0; start < inodes.size(); start += CHUNK) {
      inodes
          .subList(start, Math.min(start + CHUNK, inodes.size()))
          .sort((left, right) -> Long.compareUnsigned(left.number(), right.number()));
    }
    return inodes.stream().map(Inode::name).toList();
  }

  private record Inode(long number, String name) {}

  /** The path above; empty at the top. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** The last name of a path. */
  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * Opens a directory below {@code root}; the root itself for the empty path. Null when a part of
   * the path does not exist.
   *
   * @throws PosixException ENOTDIR or ELOOP when a part is something else than a directory
   */
  static @Nullable Fd open(Fd root, String path) throws IOException {
    Fd current = root.dup();
    for (String part : path.isEmpty() ? new String[0] : path.split("/")) {
      try (Fd above = current) {
        current = Fs.openDirIfExists(above, part);
      }
      if (current == null) {
        return null;
      }
    }
    return current;
  }

  /**
   * The file at a path below {@code root}; null when it or a directory above it is not there as a
   * directory. The caller closes {@link EtcFile#parent()}.
   */
  static @Nullable EtcFile find(Fd root, String path) throws IOException {
    Fd parent;
    try {
      parent = open(root, parent(path));
    } catch (PosixException e) {
      if (e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP) {
        return null;
      }
      throw e;
    }
    if (parent == null) {
      return null;
    }
    EtcFile file;
    try {
      file = EtcFile.of(parent, name(path));
    } catch (IOException | RuntimeException e) {
      parent.close();
      throw e;
    }
    if (file == null) {
      parent.close();
    }
    return file;
  }
}
