package dev.coppice.core.repo;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.store.LooseStore;
import dev.coppice.core.store.RepoLayout;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds commits by the first digits of their checksum, on {@code java.nio} for the sake of short
 * commands.
 */
final class CommitSearch {
  private CommitSearch() {}

  /** Adds the commits of one store that start with 1 to 63 digits. */
  static void find(LooseStore store, String hexPrefix, List<Checksum> found) throws IOException {
    Path objects = store.directory();
    if (hexPrefix.length() >= 2) {
      search(objects.resolve(hexPrefix.substring(0, 2)), hexPrefix, store, found);
      return;
    }
    for (int i = 0; i < 256; i++) {
      String fanout = RepoLayout.fanout(i);
      if (fanout.startsWith(hexPrefix)) {
        search(objects.resolve(fanout), hexPrefix, store, found);
      }
    }
  }

  private static void search(
      Path directory, String hexPrefix, LooseStore store, List<Checksum> found) throws IOException {
    String fanout = String.valueOf(directory.getFileName());
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        RepoLayout.parse(fanout, String.valueOf(entry.getFileName()), store.mode())
            .filter(name -> name.type() == ObjectType.COMMIT)
            .map(name -> name.checksum())
            .filter(checksum -> checksum.hex().startsWith(hexPrefix))
            .ifPresent(found::add);
      }
    } catch (NoSuchFileException e) {
      // No object starts with these two digits.
    }
  }
}
