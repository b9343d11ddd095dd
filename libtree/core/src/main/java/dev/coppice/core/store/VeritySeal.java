package dev.coppice.core.store;

import dev.coppice.core.config.Tristate;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import dev.coppice.posix.OpenFlags;
import dev.coppice.posix.Verity;
import java.io.IOException;

/**
 * Turns on fs-verity for new files, as far as the settings of a repository want it: from then on
 * the kernel checks their content whenever it is read. For several threads. Source: {@code
 * _ostree_tmpf_fsverity}.
 */
public final class VeritySeal {
  private final Tristate wanted;

  /** Known after the first file: asking again for each would only cost. */
  private volatile boolean unsupported;

  /**
   * A seal for the files of one file system.
   *
   * @param wanted {@link Tristate#MAYBE} for where the file system can
   */
  public VeritySeal(Tristate wanted) {
    this.wanted = wanted;
  }

  /** Whether files are sealed where that is possible. */
  public boolean isWanted() {
    return wanted != Tristate.NO;
  }

  /**
   * Seals a complete file, which nobody may have open for writing any more.
   *
   * @throws Failure with {@link ErrorCode#REPO_UNSUITABLE} when it must be sealed and the file
   *     system cannot
   */
  public void apply(Fd directory, String path) throws IOException {
    if (!isWanted() || (unsupported && wanted != Tristate.YES)) {
      return;
    }
    try (Fd file = Fs.open(directory, path, OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW, 0)) {
      unsupported = !Verity.enable(file, new byte[0]);
    }
    if (unsupported && wanted == Tristate.YES) {
      throw new Failure(
          ErrorCode.REPO_UNSUITABLE,
          "fsverity required but filesystem does not support it",
          "Use a file system with the verity feature, or set ex-integrity.fsverity to maybe.");
    }
  }
}
