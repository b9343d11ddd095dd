package dev.coppice.core.ref;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Durability;
import dev.coppice.core.io.FileReplacement;
import dev.coppice.core.object.Checksum;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes, deletes and links ref files. */
final class RefWriter {
  private final RefPaths paths;
  private final RefReader reader;
  private final Durability durability;

  RefWriter(RefPaths paths, RefReader reader, Durability durability) {
    this.paths = paths;
    this.reader = reader;
    this.durability = durability;
  }

  void write(RefAddress address, Checksum commit) throws IOException {
    Path file = prepare(address);
    FileReplacement.write(
        file, (commit.hex() + "\n").getBytes(StandardCharsets.US_ASCII), durability);
    touch();
  }

  void alias(RefName alias, RefName target) throws IOException {
    var address = new RefSpec.Local(alias);
    Path file = prepare(address);
    long depth = alias.name().chars().filter(ch -> ch == '/').count();
    FileReplacement.link(file, Path.of("../".repeat((int) depth) + target.name()));
    touch();
  }

  /** Deletes a ref file; directories that become empty stay, as in the real tool. */
  boolean delete(RefAddress address) throws IOException {
    boolean existed = remove(address, new HashSet<>());
    touch();
    return existed;
  }

  /** Deletes ref files. What was deleted before a failure stays so. */
  void deleteAll(List<? extends RefAddress> addresses) throws IOException {
    var inside = new HashSet<Path>();
    try {
      for (RefAddress address : addresses) {
        remove(address, inside);
      }
    } finally {
      touch();
    }
  }

  /**
   * @param inside directories that are known to lead nowhere out of the repository
   */
  private boolean remove(RefAddress address, Set<Path> inside) throws IOException {
    Path file = paths.file(address);
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new Failure(
          ErrorCode.REF_CONFLICT,
          "'" + address + "' is a directory of refs, not a ref",
          "Delete the refs below it by their names");
    }
    boolean existed = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    if (existed) {
      Path parent = file.getParent();
      if (parent != null && inside.add(parent)) {
        reader.checkInside(address, file, parent.toRealPath());
      }
      Files.deleteIfExists(file);
    }
    return existed;
  }

  /** Makes the directories above a ref and clears its place. */
  private Path prepare(RefAddress address) throws IOException {
    if (Checksum.isHex(address.ref().name())) {
      throw new Failure(
          ErrorCode.REF_INVALID,
          "Rev name '" + address.ref() + "' looks like a checksum",
          "Use a name that cannot be mistaken for a commit");
    }
    Path file = paths.file(address);
    Path parent = file.getParent();
    if (parent != null) {
      try {
        Files.createDirectories(parent);
      } catch (NoSuchFileException | AccessDeniedException e) {
        throw e;
      } catch (FileSystemException e) {
        if (reader.unreadable(address, file, e) instanceof Failure conflict) {
          throw conflict;
        }
        throw e;
      }
      reader.checkInside(address, file, parent.toRealPath());
    }
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      clear(address, file);
    }
    return file;
  }

  /** Removes a directory without refs that stands where a ref shall be. */
  private static void clear(RefAddress address, Path directory) throws IOException {
    List<RefWalk.Found> below = RefWalk.below(directory, "");
    if (!below.isEmpty()) {
      throw new Failure(
          ErrorCode.REF_CONFLICT,
          "Conflict: "
              + below.getFirst().name()
              + " exists under "
              + address
              + " when attempting write",
          "Use another name, or delete the refs below '" + address + "' first");
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path done, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(done);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** The repository's own time tells other programs that refs have changed. */
  private void touch() throws IOException {
    Files.setLastModifiedTime(paths.repo(), FileTime.from(Instant.now()));
  }
}
