package dev.coppice.core.composefs;

import dev.coppice.core.object.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fs-verity digest of content that passes through: SHA-256, blocks of 4096 bytes, no salt.
 *
 * <p>The hashes of the blocks, 128 to a block, are hashed again until one is left; the digest is
 * the hash of a descriptor with that root and the size. Each level keeps one block. Specification:
 * https://docs.kernel.org/filesystems/fsverity.html
 */
public final class VerityDigest {
  private static final int BLOCK = 4096;
  private static final int BUFFER = 32 * BLOCK;
  private static final byte[] NO_CONTENT = new byte[Checksum.BYTES];

  /** Bytes of {@code struct fsverity_descriptor}. */
  private static final int DESCRIPTOR = 256;

  private final MessageDigest sha256 = Checksum.newDigest();
  private final byte[] partial = new byte[BLOCK];
  private final List<Level> levels = new ArrayList<>();

  /** Levels that the content so far has needed. */
  private int height;

  private int filled;
  private long size;
  private byte @Nullable [] buffer;

  /** Hashes that are not yet hashed together. */
  private static final class Level {
    final byte[] hashes = new byte[BLOCK];
    int filled;
  }

  /** The digest of a stream, which is read to its end. */
  public static Checksum of(InputStream content) throws IOException {
    return new VerityDigest().digest(content);
  }

  /** The digest of what was added and a stream, which is read to its end. */
  public Checksum digest(InputStream content) throws IOException {
    byte[] bytes = buffer;
    if (bytes == null) {
      bytes = new byte[BUFFER];
      buffer = bytes;
    }
    for (int count = content.read(bytes); count >= 0; count = content.read(bytes)) {
      update(bytes, 0, count);
    }
    return finish();
  }

  /** Adds content. */
  public void update(byte[] bytes, int offset, int length) {
    size += length;
    int at = offset;
    int end = offset + length;
    if (filled > 0) {
      int part = Math.min(BLOCK - filled, length);
      System.arraycopy(bytes, at, partial, filled, part);
      filled += part;
      at += part;
      if (filled < BLOCK) {
        return;
      }
      hashBlock(partial, 0, 0);
      filled = 0;
    }
    for (; end - at >= BLOCK; at += BLOCK) {
      hashBlock(bytes, at, 0);
    }
    System.arraycopy(bytes, at, partial, 0, end - at);
    filled = end - at;
  }

  /** Hashes one block into a level, the full block of which goes into the next one first. */
  private void hashBlock(byte[] bytes, int offset, int into) {
    Level level = level(into);
    if (level.filled == BLOCK) {
      hashBlock(level.hashes, 0, into + 1);
      level.filled = 0;
    }
    sha256.update(bytes, offset, BLOCK);
    try {
      level.filled += sha256.digest(level.hashes, level.filled, Checksum.BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("a level has room for whole hashes", e);
    }
  }

  private Level level(int number) {
    if (number == levels.size()) {
      levels.add(new Level());
    }
    height = Math.max(height, number + 1);
    return levels.get(number);
  }

  /** The digest of all content; what is added from now on is other content. */
  public Checksum finish() {
    if (filled > 0) {
      Arrays.fill(partial, filled, BLOCK, (byte) 0);
      hashBlock(partial, 0, 0);
    }
    ByteBuffer descriptor = ByteBuffer.allocate(DESCRIPTOR).order(ByteOrder.LITTLE_ENDIAN);
    descriptor.put((byte) 1); // version
    descriptor.put((byte) 1); // SHA-256
    descriptor.put((byte) 12); // blocks of 4096 bytes as a power of two
    descriptor.put((byte) 0); // no salt
    descriptor.putInt(0);
    descriptor.putLong(size);
    descriptor.put(root());
    reset();
    return Checksum.sha256(descriptor.array());
  }

  private void reset() {
    for (Level level : levels) {
      level.filled = 0;
    }
    height = 0;
    filled = 0;
    size = 0;
  }

  /** The hash at the top; of no content it is all zeros. */
  private byte[] root() {
    if (height == 0) {
      return NO_CONTENT;
    }
    for (int i = 0; ; i++) {
      Level level = levels.get(i);
      boolean top = i == height - 1;
      if (top && level.filled <= Checksum.BYTES) {
        return Arrays.copyOf(level.hashes, Checksum.BYTES);
      }
      Arrays.fill(level.hashes, level.filled, BLOCK, (byte) 0);
      hashBlock(level.hashes, 0, i + 1);
    }
  }
}
