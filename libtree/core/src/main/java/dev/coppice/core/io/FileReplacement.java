package dev.coppice.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Replaces a file through a temporary file beside it: write, sync, rename.
 *
 * <p>The temporary file is in the same directory because a rename cannot leave a file system. Its
 * name starts with a dot, so no listing of refs or boot entries takes it for one after a crash.
 */
public final class FileReplacement {
  private static final Set<PosixFilePermission> NEW_FILE =
      PosixFilePermissions.fromString("rw-r--r--");

  /** Until the mode is set: the file that is replaced may hold passwords of remotes. */
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final int ATTEMPTS = 100;

  private FileReplacement() {}

  /**
   * Gives {@code target} this content. An existing file keeps its mode, a new one is 0644 whatever
   * the umask; a symbolic link is replaced, not followed.
   */
  public static void write(Path target, byte[] content, Durability durability) throws IOException {
    Set<PosixFilePermission> mode = mode(target);
    Path temporary = create(target);
    try {
      try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        Files.setPosixFilePermissions(temporary, mode);
        if (durability == Durability.SYNCED) {
          channel.force(false);
        }
      }
      rename(temporary, target);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  /** Makes {@code link} a symbolic link to {@code target}, replacing what has its name. */
  public static void link(Path link, Path target) throws IOException {
    Path temporary = unusedName(link);
    Files.createSymbolicLink(temporary, target);
    try {
      rename(temporary, link);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  private static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Set<PosixFilePermission> mode(Path target) throws IOException {
    try {
      var attributes =
          Files.readAttributes(target, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile() ? attributes.permissions() : NEW_FILE;
    } catch (NoSuchFileException e) {
      return NEW_FILE;
    }
  }

  private static Path create(Path target) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return Files.createFile(unusedName(target), PRIVATE);
      } catch (FileAlreadyExistsException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static Path unusedName(Path target) {
    String suffix = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    return target.resolveSibling(".tmp-" + suffix);
  }
}
