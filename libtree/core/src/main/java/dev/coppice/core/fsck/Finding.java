package dev.coppice.core.fsck;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A damaged or missing object.
 *
 * @param object the object
 * @param kind whether it is there
 * @param detail what is wrong with it, as the real tool words it; empty when it is missing
 * @param commits the commits that need it, in order; empty when a ref led to it
 * @param places where it stands in them, in order
 */
public record Finding(
    ObjectName object, Kind kind, String detail, List<Checksum> commits, List<Place> places) {
  /** What is wrong. */
  public enum Kind {
    /** It is not there. */
    MISSING,
    /** Its bytes or its form are wrong. */
    CORRUPT
  }

  /**
   * A path that needs an object.
   *
   * @param commit the commit
   * @param path the path from its root, starting with a slash
   */
  public record Place(Checksum commit, String path) {}

  /** Copies the lists. */
  public Finding {
    commits = List.copyOf(commits);
    places = List.copyOf(places);
  }

  /** The line that the real tool prints. */
  public String message() {
    String in = commits.stream().map(Checksum::hex).collect(Collectors.joining(", "));
    return switch (kind) {
      case MISSING ->
          commits.isEmpty()
              ? "Object missing: " + object
              : "Object missing in commits " + in + ": " + object;
      case CORRUPT -> commits.isEmpty() ? detail : "In commits " + in + ": " + detail;
    };
  }
}
