package dev.coppice.core.composefs;

import dev.coppice.core.erofs.ErofsImage;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.store.ObjectStore;
import dev.coppice.core.tree.TreeLookup.Found;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The composefs image of a tree. */
public final class ComposefsImage {
  /** Where a commit carries the digest of the image of its tree, 32 bytes. */
  public static final String DIGEST_KEY = "ostree.composefs.digest.v0";

  private static final int MAGIC = 0xd078629a;
  private static final int HEADER_VERSION = 1;
  private static final int HAS_ACL = 1;

  /** Version 1 differs for trees with devices 0:0 only, which no commit has. */
  private static final int FORMAT_VERSION = 0;

  private static final int HEADER = 32;

  private final ErofsImage image;

  private ComposefsImage(ErofsImage image) {
    this.image = image;
  }

  /**
   * Makes the image of a tree in memory: about 1 KiB for each file, none of it content.
   *
   * @param objects where the tree is
   * @throws dev.coppice.core.failure.Failure when the tree has what no image can hold
   * @throws dev.coppice.core.object.MissingObjectException when an object is not there
   */
  public static ComposefsImage of(ObjectStore objects, Found.Directory root, FileDigests digests)
      throws IOException {
    var tree = new TreeNodes(objects, digests).read(root);
    return new ComposefsImage(new ErofsImage(ImageRoot.of(tree)));
  }

  /** Bytes of the image. */
  public long size() {
    return image.size();
  }

  /** Writes the image; returns its fs-verity digest. The stream gets large pieces. */
  public Checksum write(OutputStream out) throws IOException {
    var digest = new VerityDigest();
    image.write(
        header(),
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            digest.update(bytes, offset, length);
            out.write(bytes, offset, length);
          }
        });
    return digest.finish();
  }

  /** The fs-verity digest of the image. */
  public Checksum digest() throws IOException {
    return write(OutputStream.nullOutputStream());
  }

  /** What stands before the file system, where a disk has its boot sector. */
  private byte[] header() {
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(MAGIC).putInt(HEADER_VERSION);
    header.putInt(image.hasAcl() ? HAS_ACL : 0);
    header.putInt(FORMAT_VERSION);
    return header.array();
  }
}
