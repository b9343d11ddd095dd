package dev.coppice.core.erofs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The nodes of a tree in breadth-first order; the position in it is the inode's number. The entries
 * of a directory stand one after the other.
 */
final class FlatTree {
  private final List<Node> nodes = new ArrayList<>();
  private int[] parents = new int[64];
  private int[] firstEntries = new int[64];

  FlatTree(Node.Directory root) {
    nodes.add(root);
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i) instanceof Node.Directory directory) {
        add(i, directory.entries());
      }
    }
  }

  private void add(int directory, List<Node.Entry> entries) {
    int first = nodes.size();
    firstEntries[directory] = first;
    int needed = Math.addExact(first, entries.size());
    if (needed > parents.length) {
      int size = Math.max(needed, 2 * parents.length);
      parents = Arrays.copyOf(parents, size);
      firstEntries = Arrays.copyOf(firstEntries, size);
    }
    for (int i = 0; i < entries.size(); i++) {
      nodes.add(entries.get(i).node());
      parents[first + i] = directory;
    }
  }

  int size() {
    return nodes.size();
  }

  Node node(int inode) {
    return nodes.get(inode);
  }

  /** The directory that has the inode; the root is in itself. */
  int parent(int inode) {
    return parents[inode];
  }

  /** The inode of the first entry of a directory. */
  int firstEntry(int directory) {
    return firstEntries[directory];
  }
}
