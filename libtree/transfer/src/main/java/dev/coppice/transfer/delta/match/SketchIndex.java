package dev.coppice.transfer.delta.match;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which files have a value in their sketch: sorted numbers of a value and a file, 8 bytes each. */
final class SketchIndex {
  private static final int FILE_BITS = 24;
  private static final long FILE_MASK = (1L << FILE_BITS) - 1;

  /** A value that more files have says nothing: padding, licence texts, the start of ELF files. */
  private static final int COMMON = 64;

  private final long[] postings;

  /**
   * Indexes files.
   *
   * @throws IllegalArgumentException for 16 million files and more
   */
  SketchIndex(List<Pairing.Entry> files) {
    if (files.size() > FILE_MASK) {
      throw new IllegalArgumentException("too many files: " + files.size());
    }
    int total = files.stream().mapToInt(file -> file.sketch().size()).sum();
    postings = new long[total];
    int next = 0;
    for (int file = 0; file < files.size(); file++) {
      Sketch sketch = files.get(file).sketch();
      for (int i = 0; i < sketch.size(); i++) {
        postings[next++] = posting(sketch.value(i), file);
      }
    }
    Arrays.sort(postings);
  }

  /** A value keeps 40 of its bits: of some million values few are confused, and it does no harm. */
  private static long posting(long value, int file) {
    return value << FILE_BITS | file;
  }

  /** The files that share most values with a sketch, the most first, at most so many. */
  List<Integer> alike(Sketch sketch, int most) {
    Map<Integer, Integer> shared = new HashMap<>();
    for (int i = 0; i < sketch.size(); i++) {
      long first = posting(sketch.value(i), 0);
      int start = Arrays.binarySearch(postings, first);
      start = start < 0 ? -start - 1 : start;
      int end = start;
      while (end < postings.length
          && end - start <= COMMON
          && (postings[end] & ~FILE_MASK) == first) {
        end++;
      }
      if (end - start <= COMMON) {
        for (int at = start; at < end; at++) {
          shared.merge((int) (postings[at] & FILE_MASK), 1, Integer::sum);
        }
      }
    }
    return shared.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }
}
