package dev.coppice.transfer.publish;

import dev.coppice.transfer.publish.PublishFile.Kind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was published, or would have been.
 *
 * @param dryRun whether nothing was changed
 * @param target where to
 * @param copied what was copied, by kind; a kind of which nothing was is not there
 * @param unchanged files that were there already
 * @param deleted what was deleted
 * @param waiting files that will be deleted when their grace time is over
 * @param seconds time it took
 */
public record PublishReport(
    boolean dryRun,
    String target,
    Map<Kind, Amount> copied,
    long unchanged,
    Amount deleted,
    long waiting,
    double seconds) {
  /** Files and their bytes. */
  public record Amount(long files, long bytes) {
    /** Nothing. */
    public static final Amount NOTHING = new Amount(0, 0);

    Amount and(long more) {
      return new Amount(files + 1, bytes + more);
    }
  }

  /** Copies the map. */
  public PublishReport {
    var map = new EnumMap<Kind, Amount>(Kind.class);
    map.putAll(copied);
    copied = Collections.unmodifiableMap(map);
  }

  /** All that was copied. */
  public Amount total() {
    long files = copied.values().stream().mapToLong(Amount::files).sum();
    long bytes = copied.values().stream().mapToLong(Amount::bytes).sum();
    return new Amount(files, bytes);
  }
}
