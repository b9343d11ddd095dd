package dev.coppice.core.commit;

import java.io.IOException;

/**
 * Unpacks blocks of LZ4: runs of literal bytes and copies of what came up to 64 KiB before. Source:
 * lz4_Block_format.md of the LZ4 project.
 */
final class Lz4Block {
  /** As far as copies reach back, in bytes. */
  static final int REACH = 1 << 16;

  private static final int SHORTEST_COPY = 4;
  private static final int LENGTH_GOES_ON = 15;

  private final byte[] in;
  private final int inEnd;
  private final byte[] out;
  private int from;
  private int to;

  private Lz4Block(byte[] in, int length, byte[] out, int start) {
    this.in = in;
    this.inEnd = length;
    this.out = out;
    this.to = start;
  }

  /**
   * Unpacks one block.
   *
   * @param length bytes of {@code in} that are the block
   * @param out holds what came before up to {@code start}, and takes the result from there
   * @return where the result ends
   * @throws IOException the block is malformed, or holds more than there is space for
   */
  static int unpack(byte[] in, int length, byte[] out, int start) throws IOException {
    var block = new Lz4Block(in, length, out, start);
    while (block.from < length) {
      block.sequence();
    }
    return block.to;
  }

  private void sequence() throws IOException {
    int token = in[from++] & 0xff;
    int literals = length(token >> 4);
    check(literals <= inEnd - from && literals <= out.length - to);
    System.arraycopy(in, from, out, to, literals);
    from += literals;
    to += literals;
    if (from == inEnd) {
      return; // The last sequence of a block has no copy.
    }
    check(inEnd - from >= 2);
    int offset = (in[from] & 0xff) | ((in[from + 1] & 0xff) << 8);
    from += 2;
    int copied = length(token & 0xf) + SHORTEST_COPY;
    check(offset > 0 && offset <= to && copied > 0 && copied <= out.length - to);
    copy(offset, copied);
  }

  /** A length in four bits; the highest value goes on in bytes until one is not 255. */
  private int length(int start) throws IOException {
    int length = start;
    if (start == LENGTH_GOES_ON) {
      int next;
      do {
        check(from < inEnd);
        next = in[from++] & 0xff;
        length += next;
        check(length >= 0);
      } while (next == 0xff);
    }
    return length;
  }

  /** What is copied may reach into its own result, which repeats it. */
  private void copy(int offset, int length) {
    int source = to - offset;
    int end = to + length;
    while (to < end) {
      int most = Math.min(to - source, end - to);
      System.arraycopy(out, source, out, to, most);
      to += most;
    }
  }

  private static void check(boolean sound) throws IOException {
    if (!sound) {
      throw new IOException("malformed LZ4 block");
    }
  }
}
