package dev.coppice.transfer.mirror;

import dev.coppice.core.io.Durability;
import dev.coppice.core.io.FileReplacement;
import dev.coppice.core.object.Checksum;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Commits that were taken away while their trees are kept for those who have read them: {@code
 * retired/COMMIT.MILLISECONDS} holds the commit object and says when that was.
 */
final class RetiredCommits {
  private static final String DIRECTORY = "retired";

  private final Path directory;

  /** One of them. */
  record Retired(Checksum commit, Instant since, Path file) {
    byte[] bytes() throws IOException {
      return Files.readAllBytes(file);
    }

    void delete() throws IOException {
      Files.deleteIfExists(file);
    }
  }

  RetiredCommits(Path state) {
    this.directory = state.resolve(DIRECTORY);
  }

  /** Keeps a commit that is going to be taken away. */
  void add(Checksum commit, byte[] bytes, Instant now, Durability durability) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(commit.hex() + "." + now.toEpochMilli());
    FileReplacement.write(file, bytes, durability);
  }

  /** All of them, in the order of their names. */
  List<Retired> list() throws IOException {
    var found = new ArrayList<Retired>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        int dot = name.indexOf('.');
        // Anything else is a temporary file of a run that was killed.
        if (dot > 0 && Checksum.isHex(name.substring(0, dot)) && digits(name.substring(dot + 1))) {
          found.add(
              new Retired(
                  Checksum.ofHex(name.substring(0, dot)),
                  Instant.ofEpochMilli(Long.parseLong(name.substring(dot + 1))),
                  file));
        }
      }
    } catch (NoSuchFileException e) {
      return found;
    }
    found.sort(Comparator.comparing(retired -> retired.file().toString()));
    return found;
  }

  private static boolean digits(String text) {
    return text.matches("[0-9]{1,15}");
  }
}
