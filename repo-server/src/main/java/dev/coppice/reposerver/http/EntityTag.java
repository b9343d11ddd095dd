package dev.coppice.reposerver.http;

import dev.coppice.posix.FileStat;
import dev.coppice.reposerver.file.FileKind;
import dev.coppice.reposerver.file.RepoPath;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Strong entity tags: equal tags mean equal bytes.
 *
 * <p>Where the bytes are at hand the tag is their hash, so all mirrors agree on it. A name that is
 * the hash of the file serves as well. Otherwise, for large files, the tag is made of what the
 * kernel knows; the inode is in it because files are replaced by renaming, and two of them can be
 * of one size and within one tick of the clock.
 */
final class EntityTag {
  /** Half of a SHA-256: enough for bytes that one repository has under one name. */
  private static final int HASH_BYTES = 16;

  private EntityTag() {}

  static String ofBytes(RepoPath path, FileStat stat, byte[] bytes) {
    return path.kind().immutable() ? ofFile(path, stat) : quoted(hash(bytes));
  }

  static String ofFile(RepoPath path, FileStat stat) {
    String name = path.path().substring(path.path().lastIndexOf('/') + 1);
    if (path.kind() == FileKind.OBJECT && !name.endsWith(".filez")) {
      return quoted(name); // a metadata object: the name is the hash of these very bytes
    }
    // The hash of a file object is that of the file inside: compressed anew it has other bytes.
    return quoted(
        Long.toHexString(stat.ino())
            + "-"
            + Long.toHexString(stat.size())
            + "-"
            + Long.toHexString(stat.mtimeSeconds() * 1_000_000_000L + stat.mtimeNanos()));
  }

  private static String quoted(String tag) {
    return '"' + tag + '"';
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
