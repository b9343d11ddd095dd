package dev.coppice.core.erofs;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The entries of one directory, with {@code .} and {@code ..}, divided into blocks: each as full as
 * whole entries make it. A block is a table of fixed records, then the names.
 */
final class Dirents {
  /** Bytes of a record: inode position, offset of the name, type. */
  static final int RECORD = 12;

  private static final byte[] SELF = {'.'};
  private static final byte[] PARENT = {'.', '.'};

  private final FlatTree tree;
  private final byte[][] names;
  private final int[] inodes;

  /** The first entry of each block, and the number of entries. */
  private int[] starts = new int[2];

  private int blocks;
  private int lastSize;

  Dirents(FlatTree tree, int directory) {
    this.tree = tree;
    List<Node.Entry> entries = ((Node.Directory) tree.node(directory)).entries();
    this.names = new byte[entries.size() + 2][];
    this.inodes = new int[entries.size() + 2];
    int from = 0;
    int to = 0;
    // The dots have their place in the order like any other name: "-" and "+" come before.
    for (byte[] dots : new byte[][] {SELF, PARENT}) {
      while (from < entries.size() && Arrays.compareUnsigned(entries.get(from).name(), dots) < 0) {
        names[to] = entries.get(from).name();
        inodes[to++] = tree.firstEntry(directory) + from++;
      }
      names[to] = dots;
      inodes[to++] = dots.length == 1 ? directory : tree.parent(directory);
    }
    for (; from < entries.size(); from++) {
      names[to] = entries.get(from).name();
      inodes[to++] = tree.firstEntry(directory) + from;
    }
    divide();
  }

  private void divide() {
    int size = 0;
    for (int i = 0; i < names.length; i++) {
      int length = RECORD + names[i].length;
      if (size + length > ErofsImage.BLOCK) {
        endBlock(i);
        size = 0;
      }
      size += length;
    }
    endBlock(names.length);
    lastSize = size;
  }

  private void endBlock(int next) {
    blocks++;
    if (blocks == starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
    }
    starts[blocks] = next;
  }

  /** Number of blocks, the last one included. */
  int blocks() {
    return blocks;
  }

  /** Bytes that are used in the last block. */
  int lastSize() {
    return lastSize;
  }

  /** Writes one block without what fills it up. */
  void write(ErofsOutput out, Layout layout, int block) throws IOException {
    int first = starts[block];
    int end = starts[block + 1];
    int nameAt = (end - first) * RECORD;
    for (int i = first; i < end; i++) {
      out.put64(layout.number(inodes[i]));
      out.put16(nameAt);
      out.put8(type(tree.node(inodes[i])));
      out.put8(0);
      nameAt += names[i].length;
    }
    for (int i = first; i < end; i++) {
      out.put(names[i]);
    }
  }

  /** The type in an entry. Source: {@code EROFS_FT_*}. */
  private static int type(Node node) {
    return switch (node) {
      case Node.Hole file -> 1;
      case Node.Directory directory -> 2;
      case Node.Whiteout device -> 3;
      case Node.Symlink link -> 7;
    };
  }
}
