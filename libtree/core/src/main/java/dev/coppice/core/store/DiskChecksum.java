package dev.coppice.core.store;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.DirMeta;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.Xattrs;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Set;

/**
 * The checksum that a file of the file system would have as an object. Source: {@code
 * ostree_checksum_file_at}.
 */
public final class DiskChecksum {
  private static final int BUFFER = 128 << 10;

  /** What not to count. */
  public enum Rule {
    /** As if the file had no extended attributes. */
    IGNORE_XATTRS,
    /** As if regular files were owned by 0:0. */
    IGNORE_OWNERS
  }

  private DiskChecksum() {}

  /**
   * The checksum of a regular file or symbolic link, or of the metadata of a directory.
   *
   * @throws Failure for a file of another kind
   */
  public static Checksum of(Fd directory, String name, Set<Rule> rules) throws IOException {
    FileStat stat = Fs.stat(directory, name);
    int mode = stat.mode() & (FileMode.TYPE | FileMode.PERMISSIONS);
    if (stat.isRegular()) {
      try (Fd file = Fs.openRead(directory, name)) {
        return ofFile(file, mode, rules);
      }
    }
    Xattrs xattrs =
        rules.contains(Rule.IGNORE_XATTRS) ? Xattrs.NONE : StoredXattrs.ofLink(directory, name);
    if (stat.isSymlink()) {
      String target = Fs.readlink(directory, name);
      return FileHeader.symlink(stat.uid(), stat.gid(), target, xattrs).checksumWithoutContent();
    }
    if (stat.isDirectory()) {
      return Checksum.sha256(new DirMeta(stat.uid(), stat.gid(), mode, xattrs).encode());
    }
    throw new Failure(
        ErrorCode.FILE_UNSUPPORTED,
        name + " is neither a regular file, a symbolic link nor a directory",
        "Trees hold nothing else.");
  }

  private static Checksum ofFile(Fd file, int mode, Set<Rule> rules) throws IOException {
    FileStat stat = Fs.fstat(file);
    boolean owners = !rules.contains(Rule.IGNORE_OWNERS);
    Xattrs xattrs = rules.contains(Rule.IGNORE_XATTRS) ? Xattrs.NONE : StoredXattrs.of(file);
    var header = FileHeader.regular(owners ? stat.uid() : 0, owners ? stat.gid() : 0, mode, xattrs);
    MessageDigest digest = Checksum.newDigest();
    digest.update(header.checksumPrefix());
    byte[] buffer = new byte[BUFFER];
    int count = Io.read(file, buffer, 0, BUFFER);
    while (count >= 0) {
      digest.update(buffer, 0, count);
      count = Io.read(file, buffer, 0, BUFFER);
    }
    return Checksum.of(digest.digest());
  }
}
