package dev.coppice.core.store;

import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.store.Staging.StagedFile;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.Mode;
import dev.coppice.posix.OpenFlags;
import java.io.EOFException;
import java.io.IOException;

/**
 * Copies stored objects between repositories of one mode as they are: by reflink where the file
 * system can, byte for byte otherwise. Nothing is verified. Source: {@code
 * import_one_object_direct}.
 */
final class ObjectCopy {
  private final Staging staging;
  private final RepoMode mode;

  /** Copies into a staging directory of a repository of this mode. */
  ObjectCopy(Staging staging, RepoMode mode) {
    this.staging = staging;
    this.mode = mode;
  }

  /** Copies a regular file; returns false for a symbolic link, which has to be made anew. */
  boolean copy(LooseStore from, ObjectName name, FsyncPolicy fsync) throws IOException {
    String path = from.path(name);
    FileStat stat = Fs.stat(from.descriptor(), path);
    if (!stat.isRegular()) {
      return false;
    }
    int flags = OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW;
    try (Fd source = Fs.open(from.descriptor(), path, flags, 0)) {
      StagedFile staged = staging.newFile();
      try (Fd file = staged.file()) {
        try {
          fill(source, file, stat);
          finish(source, file, stat, name);
          if (fsync == FsyncPolicy.PER_OBJECT) {
            Io.fsync(file);
          }
          staging.adopt(staged, name);
        } catch (IOException | RuntimeException e) {
          staging.discard(staged);
          throw e;
        }
      }
    }
    return true;
  }

  private static void fill(Fd source, Fd file, FileStat stat) throws IOException {
    if (Io.tryClone(source, file)) {
      return;
    }
    for (long left = stat.size(); left > 0; ) {
      long count = Io.copyFileRange(source, file, left);
      if (count <= 0) {
        throw new EOFException("an object became shorter while it was copied");
      }
      left -= count;
    }
  }

  private void finish(Fd source, Fd file, FileStat stat, ObjectName name) throws IOException {
    // Owner first: chown clears setuid, setgid and file capabilities.
    if (mode == RepoMode.BARE) {
      Fs.chown(file, stat.uid(), stat.gid());
    }
    Fs.chmod(file, Mode.permissions(stat.mode()));
    if (name.type() == ObjectType.FILE) {
      switch (mode) {
        case BARE -> StoredXattrs.set(file, StoredXattrs.of(source));
        case BARE_USER -> {
          byte[] meta = dev.coppice.posix.Xattrs.get(source, BareUserFormat.ATTRIBUTE);
          if (meta != null) {
            dev.coppice.posix.Xattrs.set(file, BareUserFormat.ATTRIBUTE, meta);
          }
        }
        case BARE_USER_ONLY, BARE_SPLIT_XATTRS, ARCHIVE -> {
          // Nothing but content and mode.
        }
      }
    }
    if (mode.isBare()) {
      Fs.setTimes(file, stat.mtimeSeconds(), stat.mtimeNanos());
    }
  }
}
