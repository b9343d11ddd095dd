package dev.coppice.core.erofs;

import java.io.IOException;

/** Writes inodes with what stands behind them, then their blocks. */
final class InodeWriter {
  private static final int FLAT_PLAIN = 0;
  private static final int FLAT_INLINE = 2;
  private static final int CHUNKED = 4;

  /** The address of a chunk that is not there: it reads as zeros. */
  private static final int HOLE = -1;

  private final FlatTree tree;
  private final SharedXattrs shared;
  private final Layout layout;
  private final ErofsOutput out;

  /** Number of the first block that no inode has taken yet. */
  private long nextBlock;

  InodeWriter(FlatTree tree, SharedXattrs shared, Layout layout, ErofsOutput out) {
    this.tree = tree;
    this.shared = shared;
    this.layout = layout;
    this.out = out;
    this.nextBlock = layout.blocksStart() / ErofsImage.BLOCK;
  }

  /** Writes all inodes. */
  void inodes() throws IOException {
    // Shared attributes are counted from the block in which they begin.
    long areaStart = layout.inodesEnd() % ErofsImage.BLOCK;
    for (int i = 0; i < tree.size(); i++) {
      out.zerosTo(layout.start(i));
      head(i);
      shared.write(out, i, areaStart);
      tail(i);
    }
    out.zerosTo(layout.inodesEnd());
  }

  private void head(int inode) throws IOException {
    Status status = tree.node(inode).status();
    boolean compact = layout.isCompact(inode);
    out.put16(dataLayout(inode) << 1 | (compact ? 0 : 1));
    out.put16(shared.words(inode));
    out.put16(status.mode());
    if (compact) {
      out.put16(layout.links(inode));
      out.put32((int) layout.size(inode));
      out.put32(0);
      out.put32(address(inode));
      out.put32(inode);
      out.put16(status.uid());
      out.put16(status.gid());
      out.put32(0);
    } else {
      out.put16(0);
      out.put64(layout.size(inode));
      out.put32(address(inode));
      out.put32(inode);
      out.put32(status.uid());
      out.put32(status.gid());
      out.put64(0);
      out.put32(0);
      out.put32(layout.links(inode));
      out.put64(0);
      out.put64(0);
    }
  }

  private int dataLayout(int inode) {
    if (tree.node(inode) instanceof Node.Hole file && file.size() > 0) {
      return CHUNKED;
    }
    return layout.tail(inode) > 0 ? FLAT_INLINE : FLAT_PLAIN;
  }

  /** The first block of the inode's own, and for a hole how it is divided. */
  private int address(int inode) {
    int address = 0;
    if (layout.blocks(inode) > 0) {
      address = (int) nextBlock;
      nextBlock += layout.blocks(inode);
    }
    if (tree.node(inode) instanceof Node.Hole file && file.size() > 0) {
      int format = Chunks.of(file.size()).bits() - ErofsImage.BLOCK_BITS;
      address = (address & 0xffff_0000) | format;
    }
    return address;
  }

  private void tail(int inode) throws IOException {
    if (layout.tail(inode) == 0) {
      return;
    }
    switch (tree.node(inode)) {
      case Node.Directory directory -> {
        var dirents = new Dirents(tree, inode);
        dirents.write(out, layout, dirents.blocks() - 1);
      }
      case Node.Symlink link -> out.put(link.target());
      case Node.Hole file -> holes(Chunks.of(file.size()).count());
      case Node.Whiteout device -> throw new IllegalStateException("a device has no content");
    }
  }

  private void holes(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      out.put32(HOLE);
    }
  }

  /** Writes the blocks of all inodes that have any. */
  void blocks() throws IOException {
    for (int i = 0; i < tree.size(); i++) {
      int count = layout.blocks(i);
      if (count == 0) {
        continue;
      }
      switch (tree.node(i)) {
        case Node.Directory directory -> {
          var dirents = new Dirents(tree, i);
          for (int block = 0; block < count; block++) {
            dirents.write(out, layout, block);
            out.align(ErofsImage.BLOCK);
          }
        }
        case Node.Symlink link -> {
          out.put(link.target());
          out.align(ErofsImage.BLOCK);
        }
        case Node.Hole file -> holes(ErofsImage.BLOCK / Chunks.POINTER);
        case Node.Whiteout device -> throw new IllegalStateException("a device has no content");
      }
    }
  }
}
