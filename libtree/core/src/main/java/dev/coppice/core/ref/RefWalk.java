package dev.coppice.core.ref;

import dev.coppice.posix.PosixNames;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the ref files below a directory. Files with names that no ref can have are passed over
 * (mirroring tools leave their own files there), and so are files that are neither regular nor
 * symbolic links. Links to directories are not entered.
 */
final class RefWalk {
  /** A ref file: its name below the directory of its place, and whether it is a symbolic link. */
  record Found(RefName name, Path file, boolean link) {}

  private final List<Found> found = new ArrayList<>();

  private RefWalk() {}

  /**
   * The ref files below {@code directory}.
   *
   * @param prefix what precedes their names, empty or ending with a slash
   */
  static List<Found> below(Path directory, String prefix) throws IOException {
    var walk = new RefWalk();
    walk.enter(directory, prefix);
    return walk.found;
  }

  /** The directories directly in {@code directory}; none when it does not exist. */
  static List<Path> directories(Path directory) throws IOException {
    var directories = new ArrayList<Path>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          directories.add(entry);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    directories.sort((a, b) -> PosixNames.BYTE_ORDER.compare(nameOf(a), nameOf(b)));
    return directories;
  }

  static String nameOf(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  private void enter(Path directory, String prefix) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String fragment = nameOf(entry);
        if (RefSyntax.isFragment(fragment)) {
          visit(entry, prefix + fragment);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void visit(Path entry, String name) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return; // deleted since the directory was read
    }
    if (attributes.isDirectory()) {
      enter(entry, name + "/");
    } else if (attributes.isRegularFile() || attributes.isSymbolicLink()) {
      found.add(new Found(new RefName(name), entry, attributes.isSymbolicLink()));
    }
  }
}
