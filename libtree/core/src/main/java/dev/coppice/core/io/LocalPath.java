package dev.coppice.core.io;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Texts of arguments and settings that name files. */
public final class LocalPath {
  private LocalPath() {}

  /**
   * The path that a text names.
   *
   * @throws Failure with {@link ErrorCode#PATH_INVALID} when no file can have it: it holds a NUL,
   *     or what the encoding of this process has no bytes for
   */
  public static Path parse(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw refused(e);
    }
  }

  /** The failure that tells of a path which the JDK refuses. */
  public static Failure refused(InvalidPathException e) {
    return new Failure(
        ErrorCode.PATH_INVALID,
        "Cannot use the path '" + e.getInput().replace("\0", "\\0") + "': " + e.getReason(),
        "Name a path of UTF-8 without NUL, and run with LC_ALL=C.UTF-8.",
        e);
  }
}
