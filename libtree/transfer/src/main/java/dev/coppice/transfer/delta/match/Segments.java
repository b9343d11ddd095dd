package dev.coppice.transfer.delta.match;

import java.util.Arrays;

/** How new content is cut: segments with a shift each, every one up to the next. */
final class Segments {
  private int[] shifts = new int[64];
  private int[] starts = new int[64];
  private int size;

  /** Adds a segment that begins at a position; one that began there too was empty and goes. */
  void add(int shift, int start) {
    if (size > 0 && starts[size - 1] == start) {
      size--;
    }
    if (size > 0 && shifts[size - 1] == shift) {
      return;
    }
    if (size == shifts.length) {
      shifts = Arrays.copyOf(shifts, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size);
    }
    shifts[size] = shift;
    starts[size++] = start;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  boolean isLiteral(int index) {
    return shifts[index] == Alignment.LITERAL;
  }

  int start(int index) {
    return starts[index];
  }

  /** Where the old bytes of a segment begin. */
  int oldStart(int index) {
    return starts[index] + shifts[index];
  }

  /** Where a segment ends in content of so many bytes. */
  int end(int index, int length) {
    return index + 1 < size ? starts[index + 1] : length;
  }
}
