package dev.coppice.core.erofs;

import dev.coppice.core.object.Xattrs.Xattr;
import java.io.IOException;
import java.io.OutputStream;

/** An image, laid out and ready to be written. */
public final class ErofsImage {
  /** Bytes at the start of an image that belong to whoever writes it. */
  public static final int BOOT_AREA = 1024;

  /** Bytes of a block as a power of two. */
  static final int BLOCK_BITS = 12;

  /** Bytes of a block. */
  static final int BLOCK = 1 << BLOCK_BITS;

  private static final int MAGIC = 0xE0F5E1E2;
  private static final int SUPERBLOCK = 128;

  /** Compatible features: times are modification times, inodes have a filter of attributes. */
  private static final int FEATURES = 0x2 | 0x4;

  private final FlatTree tree;
  private final SharedXattrs shared;
  private final Layout layout;

  /** Lays out a tree. */
  public ErofsImage(Node.Directory root) {
    this.tree = new FlatTree(root);
    this.shared = new SharedXattrs(tree);
    this.layout = new Layout(tree, shared, BOOT_AREA + SUPERBLOCK);
  }

  /** Whether a file of the image has an access control list. */
  public boolean hasAcl() {
    for (int i = 0; i < tree.size(); i++) {
      for (Xattr xattr : tree.node(i).status().xattrs()) {
        if (XattrName.isAcl(xattr.name())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Bytes of the image. */
  public long size() {
    return layout.allBlocks() * BLOCK;
  }

  /**
   * Writes the image from its first byte to its last.
   *
   * @param start what stands at its start; at most {@link #BOOT_AREA} bytes
   * @param stream gets large pieces; left open
   */
  public void write(byte[] start, OutputStream stream) throws IOException {
    var out = new ErofsOutput(stream);
    out.put(start);
    out.zerosTo(BOOT_AREA);
    superblock(out);
    var inodes = new InodeWriter(tree, shared, layout, out);
    inodes.inodes();
    shared.write(out);
    out.zerosTo(layout.blocksStart());
    inodes.blocks();
    out.zerosTo(size());
    out.flush();
  }

  private void superblock(ErofsOutput out) throws IOException {
    out.put32(MAGIC);
    out.put32(0);
    out.put32(FEATURES);
    out.put8(BLOCK_BITS);
    out.put8(0);
    out.put16((int) layout.number(0));
    out.put64(tree.size());
    out.put64(0);
    out.put32(0);
    out.put32((int) layout.allBlocks());
    // Inodes are numbered from the first block on.
    out.put32(0);
    out.put32((int) (layout.inodesEnd() / BLOCK));
    out.zerosTo(BOOT_AREA + SUPERBLOCK);
  }
}
