package dev.coppice.core.ref;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Reads ref files and checks what they hold. */
final class RefReader {
  /**
   * A checksum, a line feed and blanks that other tools may have added; anything longer is not a
   * ref.
   */
  private static final int LIMIT = 1024;

  private static final int QUOTED = 80;

  private final RefPaths paths;

  RefReader(RefPaths paths) {
    this.paths = paths;
  }

  /** The commit of a ref; empty when its file does not exist, or only an empty directory. */
  Optional<Checksum> read(RefAddress address) throws IOException {
    Path file = paths.file(address);
    try {
      Path real = file.toRealPath();
      checkInside(address, file, real);
      return Optional.of(readFile(address, file, real));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (DirectoryInstead e) {
      if (RefWalk.below(file, "").isEmpty()) {
        return Optional.empty();
      }
      throw new Failure(
          ErrorCode.REF_CONFLICT,
          "'" + address + "' is a directory of refs, not a ref",
          "List the refs below it and name one of them");
    } catch (AccessDeniedException e) {
      throw e;
    } catch (FileSystemException e) {
      throw unreadable(address, file, e);
    }
  }

  /** The commit of a ref file that a listing found. */
  Checksum read(RefAddress address, RefWalk.Found found) throws IOException {
    Path file = found.file();
    try {
      if (!found.link()) {
        return parse(address, file, content(file, LinkOption.NOFOLLOW_LINKS));
      }
      Path real = file.toRealPath();
      checkInside(address, file, real);
      return readFile(address, file, real);
    } catch (NoSuchFileException e) {
      throw new CorruptRefException(address, file, "is an alias of a ref that does not exist", e);
    } catch (DirectoryInstead e) {
      throw new CorruptRefException(address, file, "is an alias of a directory", e);
    } catch (AccessDeniedException e) {
      throw e;
    } catch (FileSystemException e) {
      throw unreadable(address, file, e);
    }
  }

  /** Refuses a link that leads out of the refs: its target is not ours to read or replace. */
  void checkInside(RefAddress address, Path file, Path real) throws IOException {
    if (!real.startsWith(paths.refs().toRealPath())
        && !real.startsWith(paths.base(address).toRealPath())) {
      throw new CorruptRefException(
          address, file, "leads out of the repository's refs to " + real, null);
    }
  }

  /** Why the file cannot be read: another ref in place of a directory, or a link without end. */
  RuntimeException unreadable(RefAddress address, Path file, FileSystemException cause) {
    Path base = paths.base(address);
    Path above = file.getParent();
    while (above != null && above.startsWith(base) && !above.equals(base)) {
      if (Files.exists(above, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(above)) {
        String name = base.relativize(above).toString();
        return new Failure(
            ErrorCode.REF_CONFLICT,
            "'" + name + "' is a ref, so there can be no ref '" + address + "' below it",
            "Use another name, or delete '" + name + "' first",
            cause);
      }
      above = above.getParent();
    }
    String reason = cause.getReason();
    return new CorruptRefException(
        address, file, "cannot be read: " + (reason == null ? "it is broken" : reason), cause);
  }

  private static Checksum readFile(RefAddress address, Path file, Path real) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new DirectoryInstead(real);
    }
    if (!attributes.isRegularFile()) {
      throw new CorruptRefException(address, file, "is not a regular file", null);
    }
    return parse(address, file, content(real));
  }

  private static ByteBuffer content(Path file, OpenOption... options) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(LIMIT + 1);
    try (var channel = Files.newByteChannel(file, options)) {
      while (content.hasRemaining() && channel.read(content) >= 0) {
        // until the end, or one byte more than a ref can have
      }
    }
    return content.flip();
  }

  private static Checksum parse(RefAddress address, Path file, ByteBuffer content) {
    int end = content.limit();
    while (end > 0 && isSpace(content.get(end - 1))) {
      end--;
    }
    String text = new String(content.array(), 0, end, StandardCharsets.ISO_8859_1);
    if (content.limit() <= LIMIT && Checksum.isHex(text)) {
      return Checksum.ofHex(text);
    }
    throw new CorruptRefException(address, file, describe(text), null);
  }

  private static String describe(String text) {
    if (text.isEmpty()) {
      return "is empty";
    }
    var quoted = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), QUOTED); i++) {
      char ch = text.charAt(i);
      quoted.append(ch >= ' ' && ch < 0x7f ? ch : '?');
    }
    return "holds “" + quoted + (text.length() > QUOTED ? "…" : "") + "”, not a checksum";
  }

  private static boolean isSpace(byte value) {
    return value == ' ' || (value >= '\t' && value <= '\r' && value != 0x0b);
  }

  /** Says that a directory stands where a ref file should. */
  private static final class DirectoryInstead extends FileSystemException {
    private static final long serialVersionUID = 1L;

    DirectoryInstead(Path path) {
      super(path.toString(), null, "is a directory");
    }
  }
}
