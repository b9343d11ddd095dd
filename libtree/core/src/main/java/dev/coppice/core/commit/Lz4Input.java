package dev.coppice.core.commit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.commons.codec.digest.XXHash32;

/**
 * Reads LZ4 frames, any number of them after each other, those of the old form as well. Source:
 * lz4_Frame_format.md of the LZ4 project.
 *
 * <p>Checksums are compared where the frame has them. The library's own reader takes six times as
 * long, because it unpacks byte after byte.
 */
final class Lz4Input extends InputStream {
  static final int FRAME = 0x184d2204;
  static final int LEGACY_FRAME = 0x184c2102;

  private static final int SKIPPABLE_FRAME = 0x184d2a50;

  /** The largest block of the old form, which has no header that would say so. */
  private static final int LEGACY_BLOCK = 8 << 20;

  private static final int STORED = 1 << 31;

  /** What the header of the current frame says; blocks of the old form are never checked. */
  private record Frame(boolean legacy, int block, boolean checksBlocks, boolean checksContent) {
    static final Frame LEGACY = new Frame(true, LEGACY_BLOCK, false, false);

    static Frame read(InputStream in) throws IOException {
      byte[] header = new byte[2];
      exactly(in, header, 2);
      int flags = header[0] & 0xff;
      int size = header[1] >> 4 & 7;
      if (flags >> 6 != 1 || size < 4) {
        throw new IOException("LZ4 frame of an unknown version");
      }
      byte[] contentSize = new byte[(flags & 8) == 0 ? 0 : 8];
      exactly(in, contentSize, contentSize.length);
      if ((flags & 1) != 0) {
        throw new IOException("LZ4 frame that needs a dictionary");
      }
      var sum = new XXHash32();
      sum.update(header, 0, header.length);
      sum.update(contentSize, 0, contentSize.length);
      if (in.read() != (int) (sum.getValue() >> 8 & 0xff)) {
        throw new IOException("LZ4 header with a wrong checksum");
      }
      return new Frame(false, 1 << (8 + 2 * size), (flags & 16) != 0, (flags & 4) != 0);
    }
  }

  private final InputStream in;
  private Frame frame = Frame.LEGACY;
  private boolean ended;
  private XXHash32 contentSum = new XXHash32();

  /** What is unpacked: up to {@link Lz4Block#REACH} bytes of the past, then the current block. */
  private byte[] window = new byte[0];

  private byte[] packed = new byte[0];
  private int position;
  private int limit;

  /**
   * Reads from the first magic number on.
   *
   * @throws IOException the header of the first frame is not sound
   */
  Lz4Input(InputStream in) throws IOException {
    this.in = in;
    if (!nextFrame(number(true))) {
      throw new EOFException();
    }
  }

  @Override
  public int read() throws IOException {
    return fill() ? window[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(window, position, buffer, offset, count);
    position += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Makes sure that there is something to give; false at the end. */
  private boolean fill() throws IOException {
    while (position == limit && !ended) {
      if (frame.legacy) {
        legacyBlock();
      } else {
        block();
      }
    }
    return position < limit;
  }

  private void block() throws IOException {
    int size = (int) number(false);
    if (size == 0) {
      if (frame.checksContent) {
        compare(contentSum);
      }
      ended = !nextFrame(number(true));
      return;
    }
    int length = size & ~STORED;
    take(length, (size & STORED) != 0);
    if (frame.checksBlocks) {
      var sum = new XXHash32();
      sum.update(packed, 0, length);
      compare(sum);
    }
    if (frame.checksContent) {
      contentSum.update(window, position, limit - position);
    }
  }

  /** A frame of the old form has no end: the next magic number or the end of the file is it. */
  private void legacyBlock() throws IOException {
    long size = number(true);
    if (size < 0 || size > LEGACY_BLOCK + LEGACY_BLOCK / 255 + 16) {
      ended = !nextFrame(size);
    } else {
      limit = position;
      take((int) size, false);
    }
  }

  private void take(int length, boolean stored) throws IOException {
    if (length > packed.length) {
      throw new IOException("LZ4 block that is too large");
    }
    exactly(in, packed, length);
    int kept = Math.min(limit, Lz4Block.REACH);
    System.arraycopy(window, limit - kept, window, 0, kept);
    position = kept;
    if (stored) {
      if (length > window.length - kept) {
        throw new IOException("LZ4 block that is too large");
      }
      System.arraycopy(packed, 0, window, kept, length);
      limit = kept + length;
    } else {
      limit = Lz4Block.unpack(packed, length, window, kept);
    }
  }

  /**
   * Begins the frame of a magic number.
   *
   * @param magic -1: the end
   * @return false at the end
   */
  private boolean nextFrame(long magic) throws IOException {
    long next = magic;
    while ((next & ~0xfL) == SKIPPABLE_FRAME) {
      in.skipNBytes(number(false));
      next = number(true);
    }
    if (next < 0) {
      return false;
    }
    if (next != FRAME && next != LEGACY_FRAME) {
      throw new IOException("something else than an LZ4 frame follows one");
    }
    frame = next == LEGACY_FRAME ? Frame.LEGACY : Frame.read(in);
    contentSum = new XXHash32();
    position = 0;
    limit = 0;
    if (window.length != Lz4Block.REACH + frame.block) {
      window = new byte[Lz4Block.REACH + frame.block];
      packed = new byte[frame.block + (frame.legacy ? frame.block / 255 + 16 : 0)];
    }
    return true;
  }

  private void compare(XXHash32 sum) throws IOException {
    if (sum.getValue() != number(false)) {
      throw new IOException("LZ4 frame with a wrong checksum");
    }
  }

  /** Four bytes, least significant first; -1 at the end of the file, if it may end here. */
  private long number(boolean mayEnd) throws IOException {
    byte[] bytes = in.readNBytes(4);
    if (bytes.length == 0 && mayEnd) {
      return -1;
    }
    if (bytes.length < 4) {
      throw new EOFException();
    }
    return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt());
  }

  private static void exactly(InputStream in, byte[] into, int length) throws IOException {
    if (in.readNBytes(into, 0, length) != length) {
      throw new EOFException();
    }
  }
}
