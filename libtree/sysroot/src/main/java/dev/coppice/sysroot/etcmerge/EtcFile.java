package dev.coppice.sysroot.etcmerge;

import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.Mode;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file of a configuration directory, to compare with another.
 *
 * @param parent the directory it is in; owned by whoever opened it
 * @param name its name there
 * @param stat what it is
 */
record EtcFile(Fd parent, String name, FileStat stat) {
  private static final int STEP = 64 * 1024;

  /** The file of this name; null when there is none. */
  static @Nullable EtcFile of(Fd parent, String name) throws IOException {
    FileStat stat = Fs.statIfExists(parent, name);
    return stat == null ? null : new EtcFile(parent, name, stat);
  }

  Fd openDirectory() throws IOException {
    return Fs.openDir(parent, name);
  }

  /** Whether both are directories, regular files, links, or something else. */
  boolean hasTypeOf(EtcFile other) {
    return kind(stat) == kind(other.stat);
  }

  private static int kind(FileStat stat) {
    return switch (stat.type()) {
      case Mode.S_IFDIR, Mode.S_IFREG, Mode.S_IFLNK -> stat.type();
      default -> 0;
    };
  }

  /** Whether owner, mode and content are the same. */
  boolean equalsExceptXattrs(EtcFile other) throws IOException {
    if (stat.mode() != other.stat.mode()
        || stat.uid() != other.stat.uid()
        || stat.gid() != other.stat.gid()) {
      return false;
    }
    if (stat.isSymlink()) {
      return Fs.readlink(parent, name).equals(Fs.readlink(other.parent, other.name));
    }
    return !stat.isRegular() || stat.size() == other.stat.size() && hasContentOf(other);
  }

  private boolean hasContentOf(EtcFile other) throws IOException {
    try (Fd left = Fs.openRead(parent, name);
        Fd right = Fs.openRead(other.parent, other.name)) {
      var a = new byte[STEP];
      var b = new byte[STEP];
      while (true) {
        int count = fill(left, a);
        if (count != fill(right, b) || !Arrays.equals(a, 0, count, b, 0, count)) {
          return false;
        }
        if (count < STEP) {
          return true;
        }
      }
    }
  }

  private static int fill(Fd file, byte[] buffer) throws IOException {
    int end = 0;
    while (end < buffer.length) {
      int count = Io.read(file, buffer, end, buffer.length - end);
      if (count < 0) {
        break;
      }
      end += count;
    }
    return end;
  }
}
