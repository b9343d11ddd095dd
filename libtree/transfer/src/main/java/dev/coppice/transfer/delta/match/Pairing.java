package dev.coppice.transfer.delta.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds, for each new file, the old files that it may have come from: by what the contents share,
 * and by name, because an executable whose addresses have all moved shares little byte for byte.
 *
 * <p>The order of the files is all that results depend on besides the files. Some seconds for
 * 20,000 old and 7,000 new files.
 */
public final class Pairing {
  /**
   * Old files with one key that are considered; a name such as {@code __init__.py} has hundreds.
   */
  private static final int PER_KEY = 32;

  private final List<Entry> olds;
  private final Map<String, List<Integer>> byName = new HashMap<>();
  private final SketchIndex byContent;

  /**
   * A file.
   *
   * @param path from the root of its tree, with parts separated by {@code /}
   * @param size in bytes
   * @param sketch of its content; {@link Sketch#NONE} if names must do
   */
  public record Entry(String path, long size, Sketch sketch) {}

  /**
   * An old file that a new one may have come from.
   *
   * @param old index of the old file
   * @param resemblance of the contents, from 0 to 1
   * @param score by which candidates are ordered: resemblance, names and size together
   */
  public record Candidate(int old, double resemblance, double score) {}

  private Pairing(List<Entry> olds) {
    this.olds = olds;
    this.byContent = new SketchIndex(olds);
    for (int i = 0; i < olds.size(); i++) {
      for (String key : keys(olds.get(i).path())) {
        byName.computeIfAbsent(key, k -> new ArrayList<>(1)).add(i);
      }
    }
  }

  /** Prepares the search among old files. */
  public static Pairing among(List<Entry> olds) {
    return new Pairing(List.copyOf(olds));
  }

  /**
   * The candidates for each of the new files, in their order.
   *
   * @param most candidates wanted for one file
   */
  public static List<List<Candidate>> pair(List<Entry> olds, List<Entry> fresh, int most) {
    Pairing pairing = among(olds);
    return fresh.stream().map(entry -> pairing.candidates(entry, most)).toList();
  }

  /** The candidates for a new file, the best first, at most so many. */
  public List<Candidate> candidates(Entry fresh, int most) {
    Set<Integer> found = new LinkedHashSet<>(byContent.alike(fresh.sketch(), PER_KEY));
    for (String key : keys(fresh.path())) {
      List<Integer> named = byName.getOrDefault(key, List.of());
      found.addAll(named.subList(0, Math.min(named.size(), PER_KEY)));
    }
    return found.stream()
        .map(old -> candidate(old, fresh))
        .sorted(
            Comparator.comparingDouble(Candidate::score)
                .reversed()
                .thenComparingInt(Candidate::old))
        .limit(most)
        .toList();
  }

  private Candidate candidate(int index, Entry fresh) {
    Entry old = olds.get(index);
    double resemblance = old.sketch().resemblance(fresh.sketch());
    return new Candidate(index, resemblance, resemblance + nameScore(old, fresh));
  }

  /** From 0 to 0.5: a name says less than content, but more than a few strings in common. */
  private static double nameScore(Entry old, Entry fresh) {
    double larger = Math.max(1, Math.max(old.size(), fresh.size()));
    double size = Math.min(old.size(), fresh.size()) / larger;
    if (old.path().equals(fresh.path())) {
      return 0.4 + 0.1 * size;
    }
    int tail = NameKey.commonTail(old.path(), fresh.path());
    String base = NameKey.base(old.path());
    String freshBase = NameKey.base(fresh.path());
    double name = base.equals(freshBase) ? 0.15 : tail > 0 ? 0.1 : 0;
    name +=
        NameKey.withoutVersion(base).equals(NameKey.withoutVersion(freshBase)) && name == 0
            ? 0.1
            : 0;
    return name + Math.min(tail, 4) * 0.05 * size;
  }

  private static List<String> keys(String path) {
    String base = NameKey.base(path);
    return List.of(
        "p" + path,
        "n" + NameKey.withoutNumbers(path),
        "b" + base,
        "v" + NameKey.withoutVersion(base));
  }
}
