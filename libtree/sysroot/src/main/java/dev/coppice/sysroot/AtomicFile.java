package dev.coppice.sysroot;

import dev.coppice.core.io.Durability;
import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Fs;
import dev.coppice.posix.Io;
import dev.coppice.posix.OpenFlags;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Replaces small files of an open directory as a whole. */
public final class AtomicFile {
  private static final int NEW_FILE_MODE = 0644;

  private AtomicFile() {}

  /** What else a file needs before it has its name. */
  @FunctionalInterface
  public interface Preparation {
    /** Called with the file, which has its content and mode. */
    void prepare(Fd file) throws IOException;
  }

  /**
   * Gives a file this content. An existing file keeps its mode, a new one is 0644 whatever the
   * umask; a symbolic link is replaced, not followed.
   */
  public static void replace(Fd directory, String name, byte[] content, Durability durability)
      throws IOException {
    replace(directory, name, content, durability, file -> {});
  }

  /** The same with more to do to the new file. */
  public static void replace(
      Fd directory, String name, byte[] content, Durability durability, Preparation preparation)
      throws IOException {
    FileStat there = Fs.statIfExists(directory, name);
    int mode = there != null && there.isRegular() ? there.permissions() : NEW_FILE_MODE;
    int slash = name.lastIndexOf('/');
    String temporary = name.substring(0, slash + 1) + temporaryName();
    int flags = OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_WRONLY | OpenFlags.O_NOFOLLOW;
    try (Fd file = Fs.open(directory, temporary, flags, 0600)) {
      try {
        Io.writeFully(file, content);
        Fs.chmod(file, mode);
        preparation.prepare(file);
        if (durability == Durability.SYNCED) {
          Io.fdatasync(file);
        }
        Fs.rename(directory, temporary, directory, name);
      } catch (IOException | RuntimeException e) {
        discard(directory, temporary, e);
        throw e;
      }
    }
  }

  private static void discard(Fd directory, String name, Exception cause) {
    try {
      Fs.unlinkIfExists(directory, name);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static String temporaryName() {
    return ".tmp-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
