package dev.coppice.transfer.publish;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Durability;
import dev.coppice.core.io.FileReplacement;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files of a target that the repository does not have any more, and since when: {@code
 * extensions/coppice/publish/gone-HASH}, one line {@code TIME PATH} for each, by a hash of the
 * target's name.
 *
 * <p>What leads to others - commits, superblocks, indexes - is deleted when the grace time is over;
 * what they lead to when it has passed twice, so that a client that has read the one still finds
 * the other. Refs are deleted at once: the summary has said already that they are gone.
 */
final class GonePaths {
  private static final String DIRECTORY = "extensions/coppice/publish";
  private static final int HASH_DIGITS = 16;

  private final Path file;
  private final Map<String, Instant> since;

  private GonePaths(Path file, Map<String, Instant> since) {
    this.file = file;
    this.since = since;
  }

  static GonePaths load(Repo repo, String target) throws IOException {
    String hash =
        Checksum.sha256(target.getBytes(StandardCharsets.UTF_8)).hex().substring(0, HASH_DIGITS);
    Path file = repo.path().resolve(DIRECTORY).resolve("gone-" + hash);
    var since = new HashMap<String, Instant>();
    try {
      for (String line : Files.readAllLines(file)) {
        int blank = line.indexOf(' ');
        try {
          since.put(line.substring(blank + 1), Instant.parse(line.substring(0, blank)));
        } catch (DateTimeException | IndexOutOfBoundsException e) {
          throw new Failure(
              ErrorCode.CONFIG_INVALID,
              file + ": not a line of this file: '" + line + "'",
              "Delete the file: then the grace time of what is gone starts again.",
              e);
        }
      }
    } catch (NoSuchFileException e) {
      return new GonePaths(file, since);
    }
    return new GonePaths(file, since);
  }

  /** Notes what is gone now; what has come back is forgotten. */
  void update(Collection<String> gone, Instant now) {
    var still = new TreeMap<String, Instant>();
    gone.forEach(path -> still.put(path, since.getOrDefault(path, now)));
    since.clear();
    since.putAll(still);
  }

  /** What can be deleted: what leads to others first. */
  List<List<String>> due(Duration grace, Instant now) {
    var refs = new ArrayList<String>();
    var heads = new ArrayList<String>();
    var bodies = new ArrayList<String>();
    new TreeMap<>(since)
        .forEach(
            (path, time) -> {
              if (path.startsWith("refs/")) {
                refs.add(path);
              } else if (leads(path)) {
                if (!time.plus(grace).isAfter(now)) {
                  heads.add(path);
                }
              } else if (!time.plus(grace.multipliedBy(2)).isAfter(now)) {
                bodies.add(path);
              }
            });
    return List.of(refs, heads, bodies);
  }

  private static boolean leads(String path) {
    return path.endsWith(".commit") || path.endsWith("/superblock") || path.endsWith(".index");
  }

  void forget(Collection<String> paths) {
    paths.forEach(since::remove);
  }

  int size() {
    return since.size();
  }

  void save() throws IOException {
    if (since.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    Files.createDirectories(file.getParent());
    var text = new StringBuilder();
    new TreeMap<>(since)
        .forEach((path, time) -> text.append(time).append(' ').append(path).append('\n'));
    FileReplacement.write(
        file, text.toString().getBytes(StandardCharsets.UTF_8), Durability.UNSYNCED);
  }
}
