package dev.coppice.transfer.mirror;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.io.Durability;
import dev.coppice.core.io.FileReplacement;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.ref.RefAddress;
import dev.coppice.core.ref.RefName;
import dev.coppice.core.ref.RefSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which commits the refs of a mirror pointed to, from when to when: the file {@code published} with
 * one line for each, {@code FROM UNTIL COMMIT REMOTE REF}. Times are as ISO 8601 writes them,
 * {@code -} where the ref still points there; a ref is its path below {@code refs}.
 *
 * <p>A line is written before its ref moves, and gets its end after the summary was replaced, so
 * that after a crash in between too much is remembered, never too little.
 */
final class Publications {
  private static final String FILE = "published";
  private static final String HEADS = "heads/";
  private static final String MIRRORS = "mirrors/";
  private static final String OPEN = "-";
  private static final int FIELDS = 5;

  /**
   * A ref and one of its commits.
   *
   * @param remote where it was mirrored from
   * @param from when it was published first
   * @param until when clients could last be told of it; empty: they still are
   */
  record Entry(
      String remote, RefAddress ref, Checksum commit, Instant from, Optional<Instant> until) {
    private Entry endingAt(Instant end) {
      return new Entry(remote, ref, commit, from, Optional.of(end));
    }

    private boolean open() {
      return until.isEmpty();
    }
  }

  private final Path file;
  private final List<Entry> entries;

  private Publications(Path file, List<Entry> entries) {
    this.file = file;
    this.entries = entries;
  }

  /**
   * Reads the file.
   *
   * @throws Failure with {@link ErrorCode#CONFIG_INVALID} when a line cannot be read
   */
  static Publications load(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    var entries = new ArrayList<Entry>();
    try {
      for (String line : Files.readAllLines(file)) {
        entries.add(parse(line, file));
      }
    } catch (NoSuchFileException e) {
      return new Publications(file, entries);
    }
    return new Publications(file, entries);
  }

  private static Entry parse(String line, Path file) {
    String[] fields = line.split(" ", FIELDS);
    try {
      return new Entry(
          fields[3],
          address(fields[4]),
          Checksum.ofHex(fields[2]),
          Instant.parse(fields[0]),
          fields[1].equals(OPEN) ? Optional.empty() : Optional.of(Instant.parse(fields[1])));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | DateTimeException e) {
      throw new Failure(
          ErrorCode.CONFIG_INVALID,
          file + ": not a line of this file: '" + line + "'",
          "Delete the line, or the file: then the grace time of what was published before starts"
              + " again.",
          e);
    }
  }

  private static RefAddress address(String path) {
    if (path.startsWith(HEADS)) {
      return new RefSpec.Local(RefName.of(path.substring(HEADS.length())));
    }
    int slash = path.indexOf('/', MIRRORS.length());
    if (!path.startsWith(MIRRORS) || slash < 0) {
      throw new IllegalArgumentException(path);
    }
    return new CollectionRef(
        CollectionId.of(path.substring(MIRRORS.length(), slash)),
        RefName.of(path.substring(slash + 1)));
  }

  private static String path(RefAddress address) {
    return switch (address) {
      case RefSpec.Local local -> HEADS + local.ref();
      case CollectionRef there -> MIRRORS + there.collection() + "/" + there.ref();
      case RefSpec.Remote remote -> throw new IllegalArgumentException(remote.toString());
    };
  }

  /** All entries, oldest first. */
  List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Notes that a ref is going to point to a commit. Nothing changes when it is known to. */
  void open(String remote, RefAddress ref, Checksum commit, Instant now) {
    boolean known =
        entries.stream()
            .anyMatch(e -> e.open() && e.ref().equals(ref) && e.commit().equals(commit));
    if (!known) {
      entries.add(new Entry(remote, ref, commit, now, Optional.empty()));
    }
  }

  /** Notes that a ref points to one commit only, or to none, and to no other any more. */
  void closeOthers(RefAddress ref, Optional<Checksum> current, Instant now) {
    entries.replaceAll(
        e ->
            e.open() && e.ref().equals(ref) && !current.equals(Optional.of(e.commit()))
                ? e.endingAt(now)
                : e);
  }

  /** Forgets commits that were retired. */
  void forget(Set<Checksum> commits) {
    entries.removeIf(e -> !e.open() && commits.contains(e.commit()));
  }

  void save(Durability durability) throws IOException {
    var text = new StringBuilder();
    for (Entry e : entries) {
      text.append(e.from()).append(' ');
      text.append(e.until().map(Instant::toString).orElse(OPEN)).append(' ');
      text.append(e.commit()).append(' ').append(e.remote()).append(' ').append(path(e.ref()));
      text.append('\n');
    }
    FileReplacement.write(file, text.toString().getBytes(StandardCharsets.UTF_8), durability);
  }
}
