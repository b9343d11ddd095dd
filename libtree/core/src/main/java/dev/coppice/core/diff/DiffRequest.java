package dev.coppice.core.diff;

import dev.coppice.core.object.Checksum;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * What to compare.
 *
 * @param from the older side
 * @param to the newer side
 * @param xattrs what extended attributes of files on disk mean
 * @param owner taken for all files of the newer side, where it is a directory on disk
 * @param group taken for all files of the newer side, where it is a directory on disk
 */
public record DiffRequest(Side from, Side to, Xattrs xattrs, OptionalInt owner, OptionalInt group) {
  /** A tree. */
  public sealed interface Side {
    /** The tree of a commit. */
    record OfCommit(Checksum commit) implements Side {}

    /** A directory on disk. */
    record OfDirectory(Path path) implements Side {}
  }

  /** Whether extended attributes of files on disk count; those in commits always do. */
  public enum Xattrs {
    /** They count, unless the repository cannot hold any. */
    COMPARE,
    /** Files on disk are compared as if they had none. */
    IGNORE
  }

  /** A comparison with all that files have. */
  public static DiffRequest of(Side from, Side to) {
    return new DiffRequest(from, to, Xattrs.COMPARE, OptionalInt.empty(), OptionalInt.empty());
  }
}
