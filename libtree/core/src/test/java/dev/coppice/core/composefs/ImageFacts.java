package dev.coppice.core.composefs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Which special cases of the format occur in images: read from their bytes, not by our code. */
final class ImageFacts {
  private static final int BLOCK = 4096;
  private static final int SUPERBLOCK = 1024;
  private static final List<String> ALL =
      List.of(
          "access control list",
          "shared attributes",
          "more shared attributes than an inode may have",
          "compact inode",
          "extended inode",
          "directory behind its inode",
          "directory in blocks",
          "directory in both",
          "link behind its inode",
          "link in a block",
          "hole of one chunk",
          "hole of many chunks",
          "hole with its chunks in a block",
          "whiteout");

  private final TreeSet<String> seen = new TreeSet<>();

  /** The cases that no image had. */
  List<String> missing() {
    var missing = new ArrayList<>(ALL);
    missing.removeAll(seen);
    return missing;
  }

  /** Looks at all inodes of an image. */
  void add(byte[] bytes) {
    ByteBuffer image = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    note(image.getInt(8) == 1, "access control list");
    int root = image.getShort(SUPERBLOCK + 14) & 0xffff;
    inode(image, root);
  }

  private void note(boolean holds, String fact) {
    if (holds) {
      seen.add(fact);
    }
  }

  private void inode(ByteBuffer image, long number) {
    int at = (int) number * 32;
    int format = image.getShort(at);
    boolean extended = (format & 1) == 1;
    int layout = format >> 1;
    int words = image.getShort(at + 2) & 0xffff;
    int mode = image.getShort(at + 4) & 0170000;
    long size = extended ? image.getLong(at + 8) : image.getInt(at + 8) & 0xffffffffL;
    int address = image.getInt(at + 16);
    int xattrs = at + (extended ? 64 : 32);
    int tail = xattrs + (words == 0 ? 0 : 12 + 4 * (words - 1));
    note(extended, "extended inode");
    note(!extended, "compact inode");
    if (words > 0) {
      int shared = image.get(xattrs + 4) & 0xff;
      note(shared > 0, "shared attributes");
      note(shared == 128, "more shared attributes than an inode may have");
    }
    switch (mode) {
      case 0040000 -> directory(image, layout, size, address, tail);
      case 0120000 -> note(true, layout == 2 ? "link behind its inode" : "link in a block");
      case 0020000 -> note(true, "whiteout");
      case 0100000 -> {
        if (layout == 4) {
          int bits = 12 + (address & 0x1f);
          long chunks = ((size - 1) >>> bits) + 1;
          note(chunks == 1, "hole of one chunk");
          note(chunks > 1, "hole of many chunks");
          note(image.getInt(tail) != -1, "hole with its chunks in a block");
        }
      }
      default -> throw new IllegalStateException("inode of mode " + Integer.toOctalString(mode));
    }
  }

  private void directory(ByteBuffer image, int layout, long size, int address, int tail) {
    int blocks = (int) (size / BLOCK);
    int rest = (int) (size % BLOCK);
    note(blocks == 0, "directory behind its inode");
    note(blocks > 0 && layout == 0, "directory in blocks");
    note(blocks > 0 && layout == 2, "directory in both");
    for (int i = 0; i < blocks; i++) {
      entries(image, (address + i) * BLOCK, BLOCK);
    }
    if (rest > 0) {
      entries(image, tail, rest);
    }
  }

  private void entries(ByteBuffer image, int at, int size) {
    int count = (image.getShort(at + 8) & 0xffff) / 12;
    for (int i = 0; i < count; i++) {
      int entry = at + 12 * i;
      int name = at + (image.getShort(entry + 8) & 0xffff);
      int end = i + 1 < count ? at + (image.getShort(entry + 20) & 0xffff) : at + size;
      while (image.get(end - 1) == 0) {
        end--;
      }
      boolean self = end - name == 1 && image.get(name) == '.';
      boolean parent = end - name == 2 && image.get(name) == '.' && image.get(name + 1) == '.';
      if (!self && !parent) {
        inode(image, image.getLong(entry));
      }
    }
  }
}
