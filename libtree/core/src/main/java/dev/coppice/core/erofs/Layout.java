package dev.coppice.core.erofs;

/**
 * Where everything is, found out before the first byte is written: inodes refer to positions of
 * others. Arrays are by inode number.
 */
final class Layout {
  /** Inodes start at multiples of this; their position is counted in it. */
  static final int SLOT = 32;

  private static final int COMPACT = 32;
  private static final int EXTENDED = 64;

  private final FlatTree tree;
  private final SharedXattrs shared;

  /** Position of each inode, in bytes from the start of the image. */
  private final long[] starts;

  /** Blocks that each inode has of its own. */
  private final int[] blocks;

  /** Bytes of content that stand behind each inode. */
  private final int[] tails;

  private final long inodesEnd;
  private long ownBlocks;

  Layout(FlatTree tree, SharedXattrs shared, long inodesStart) {
    this.tree = tree;
    this.shared = shared;
    int count = tree.size();
    this.starts = new long[count];
    this.blocks = new int[count];
    this.tails = new int[count];
    long end = inodesStart;
    for (int i = 0; i < count; i++) {
      measure(i);
      int head = headSize(i) + shared.size(i);
      starts[i] = place(i, ErofsOutput.aligned(end, SLOT), head);
      end = starts[i] + head + tails[i];
      ownBlocks += blocks[i];
    }
    this.inodesEnd = ErofsOutput.aligned(end, SLOT);
  }

  /** How much of its content an inode has behind it if there is room, and how much in blocks. */
  private void measure(int inode) {
    switch (tree.node(inode)) {
      case Node.Directory directory -> {
        var dirents = new Dirents(tree, inode);
        // Half a block or less is worth keeping with the inode.
        boolean inline = dirents.lastSize() <= ErofsImage.BLOCK / 2;
        blocks[inode] = inline ? dirents.blocks() - 1 : dirents.blocks();
        tails[inode] = inline ? dirents.lastSize() : 0;
      }
      case Node.Symlink link -> tails[inode] = link.target().length;
      case Node.Hole file -> tails[inode] = Chunks.of(file.size()).pointers();
      case Node.Whiteout device -> tails[inode] = 0;
    }
  }

  /**
   * The position of an inode from {@code at} on, such that what stands behind it does not reach
   * over the end of a block; where that cannot be, the content goes into a block of its own.
   */
  private long place(int inode, long at, int head) {
    if (tree.node(inode) instanceof Node.Symlink) {
      // Of a link not only the target is kept in one block, but the inode with it.
      int size = head + tails[inode];
      if (size >= ErofsImage.BLOCK) {
        moveTailToBlock(inode);
      }
      return block(at) == block(at + size - 1) ? at : ErofsOutput.aligned(at, ErofsImage.BLOCK);
    }
    int room = roomBehind(at + head);
    if (tails[inode] <= room) {
      return at;
    }
    long moved = at + ErofsOutput.aligned(room, SLOT);
    if (tails[inode] <= roomBehind(moved + head)) {
      return moved;
    }
    moveTailToBlock(inode);
    return ErofsOutput.aligned(at, ErofsImage.BLOCK);
  }

  private void moveTailToBlock(int inode) {
    blocks[inode]++;
    tails[inode] = 0;
  }

  private static long block(long position) {
    return position / ErofsImage.BLOCK;
  }

  private static int roomBehind(long position) {
    return ErofsImage.BLOCK - (int) (position % ErofsImage.BLOCK);
  }

  /** Whether an inode has the short form, which has less room for numbers. */
  boolean isCompact(int inode) {
    Status status = tree.node(inode).status();
    return status.uid() >>> 16 == 0
        && status.gid() >>> 16 == 0
        && links(inode) <= 0xffff
        && size(inode) <= 0xffff_ffffL;
  }

  /** Bytes of the fixed part of an inode. */
  int headSize(int inode) {
    return isCompact(inode) ? COMPACT : EXTENDED;
  }

  /** Number of names of an inode; a directory has one in itself and one in each below it. */
  int links(int inode) {
    if (!(tree.node(inode) instanceof Node.Directory directory)) {
      return 1;
    }
    int links = 2;
    for (Node.Entry entry : directory.entries()) {
      if (entry.node() instanceof Node.Directory) {
        links++;
      }
    }
    return links;
  }

  /** Bytes that the file seems to have. */
  long size(int inode) {
    return switch (tree.node(inode)) {
      case Node.Directory directory -> (long) blocks[inode] * ErofsImage.BLOCK + tails[inode];
      case Node.Symlink link -> link.target().length;
      case Node.Hole file -> file.size();
      case Node.Whiteout device -> 0;
    };
  }

  long start(int inode) {
    return starts[inode];
  }

  /** The number by which directories refer to an inode: its position in slots. */
  long number(int inode) {
    return starts[inode] / SLOT;
  }

  int blocks(int inode) {
    return blocks[inode];
  }

  int tail(int inode) {
    return tails[inode];
  }

  /** Where inodes end and shared attributes begin. */
  long inodesEnd() {
    return inodesEnd;
  }

  /** Where the blocks of directories and links begin. */
  long blocksStart() {
    return ErofsOutput.aligned(inodesEnd + shared.size(), ErofsImage.BLOCK);
  }

  /** Number of blocks of the image. */
  long allBlocks() {
    return block(blocksStart()) + ownBlocks;
  }
}
