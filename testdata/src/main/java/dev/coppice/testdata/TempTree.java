package dev.coppice.testdata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * A directory for one test, removed when it is closed, with whatever is in it: directories without
 * permissions and immutable deployment roots included.
 */
public final class TempTree implements AutoCloseable {
  private final Path root;

  private TempTree(Path root) {
    this.root = root;
  }

  /** A new, empty directory. */
  public static TempTree create() {
    try {
      return new TempTree(Files.createTempDirectory("coppice-test-").toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The directory. */
  public Path root() {
    return root;
  }

  /** A path in it, which need not exist. */
  public Path path(String name) {
    return root.resolve(name);
  }

  /** A builder of a tree in a new directory of this name. */
  public TreeBuilder tree(String name) {
    return TreeBuilder.in(path(name));
  }

  @Override
  public void close() {
    try {
      delete(root);
    } catch (IOException first) {
      if (Programs.find("chattr").isPresent()) {
        Programs.run("chattr", "-R", "-f", "-i", root.toString());
      }
      try {
        delete(root);
      } catch (IOException e) {
        e.addSuppressed(first);
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Whether it is a directory that its owner, who is not root, cannot read. */
  private static boolean isClosed(Path file) {
    return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && !Files.isReadable(file);
  }

  /** Deletes a tree; one that does not exist is no error. */
  public static void delete(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            if (!Files.isWritable(directory) || !Files.isExecutable(directory)) {
              Files.setPosixFilePermissions(
                  directory, PosixFilePermissions.fromString("rwx------"));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            if (!(failure instanceof AccessDeniedException) || !isClosed(file)) {
              throw failure;
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
            delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
