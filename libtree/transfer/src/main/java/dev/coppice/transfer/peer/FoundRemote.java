package dev.coppice.transfer.peer;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionRef;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * Somewhere that the newest commits of refs can be had.
 *
 * @param place where
 * @param url its address
 * @param lastModified when its summary was made, in seconds since 1970
 * @param refs every ref that was looked for, in that order; empty for one that it does not have, or
 *     has an older commit of than somebody else
 */
public record FoundRemote(
    Place place,
    String url,
    OptionalLong lastModified,
    SequencedMap<CollectionRef, Optional<Checksum>> refs) {
  /**
   * The order in which they are asked: the nearest first, and what counts beside as the real tool
   * has it. Source: {@code ostree_repo_finder_result_compare}.
   */
  static final Comparator<FoundRemote> ORDER =
      Comparator.comparingInt((FoundRemote found) -> found.place().finder().priority())
          .thenComparing(FoundRemote::compareTimes)
          .thenComparingLong(FoundRemote::count)
          .thenComparing(found -> found.place().name());

  /** Keeps the order. */
  public FoundRemote {
    refs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(refs));
  }

  private static int compareTimes(FoundRemote one, FoundRemote other) {
    long first = one.lastModified().orElse(0);
    long second = other.lastModified().orElse(0);
    return first == 0 || second == 0 ? 0 : Long.compare(first, second);
  }

  /** How many of the refs it has. */
  long count() {
    return refs.values().stream().filter(Optional::isPresent).count();
  }

  /** The file of the keys that its commits must be signed with. */
  public String keyring() {
    return place.keyring();
  }
}
