package dev.coppice.transfer.delta.match;

/**
 * The cuts of the content that are still in question: a tree whose nodes are segments, each with
 * the one before it. Where a segment ends is known from the one after it.
 */
final class Trail {
  static final int NONE = -1;

  private static final int CAPACITY = 1 << 16;

  /** Nodes that one step may add. */
  private static final int RESERVE = 64;

  private final int[] shifts = new int[CAPACITY];
  private final int[] starts = new int[CAPACITY];
  private final int[] parents = new int[CAPACITY];
  private final int[] path = new int[CAPACITY];
  private int size;

  /** Whether the tree must be cleared before the next step. */
  boolean full() {
    return size > CAPACITY - RESERVE;
  }

  void clear() {
    size = 0;
  }

  /** The node of a segment, made if need be. */
  int node(Alignment segment) {
    if (segment.node == NONE) {
      shifts[size] = segment.shift;
      starts[size] = segment.start;
      parents[size] = segment.before;
      segment.node = size++;
    }
    return segment.node;
  }

  /** Adds the segments up to a node, in their order. */
  void addTo(Segments segments, int node) {
    int length = 0;
    for (int at = node; at != NONE; at = parents[at]) {
      path[length++] = at;
    }
    while (length-- > 0) {
      segments.add(shifts[path[length]], starts[path[length]]);
    }
  }
}
