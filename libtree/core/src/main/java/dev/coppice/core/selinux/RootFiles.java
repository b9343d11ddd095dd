package dev.coppice.core.selinux;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A root file system on disk.
 *
 * @param root its directory
 */
public record RootFiles(Path root) implements PolicyFiles {
  @Override
  public byte @Nullable [] read(String path) throws IOException {
    try {
      return Files.readAllBytes(root.resolve(path));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(root.resolve(path));
  }

  @Override
  public List<String> list(String path) throws IOException {
    var names = new ArrayList<String>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(path))) {
      for (Path entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    return names;
  }
}
