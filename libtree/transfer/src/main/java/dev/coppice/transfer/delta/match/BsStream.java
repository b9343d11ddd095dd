package dev.coppice.transfer.delta.match;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the records of a bsdiff stream as ostree reads it (see {@link BsDiff}). */
final class BsStream {
  private static final int BUFFER = 1 << 14;
  private static final int CONTROL = 24;

  private final byte[] old;
  private final byte[] fresh;
  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];

  BsStream(byte[] old, byte[] fresh, OutputStream out) {
    this.old = old;
    this.fresh = fresh;
    this.out = out;
  }

  /**
   * One record.
   *
   * @param oldAt where the old bytes are that the difference is taken from
   * @param at where the new bytes begin
   * @param added how many new bytes are written as a difference
   * @param copied how many new bytes follow as they are
   * @param seek how far the next record's old bytes are from the end of these
   */
  void record(int oldAt, int at, int added, int copied, int seek) throws IOException {
    putSigned(0, added);
    putSigned(8, copied);
    putSigned(16, seek);
    out.write(buffer, 0, CONTROL);
    for (int done = 0; done < added; ) {
      int count = Math.min(BUFFER, added - done);
      int newBase = at + done;
      int oldBase = oldAt + done;
      for (int i = 0; i < count; i++) {
        buffer[i] = (byte) (fresh[newBase + i] - old[oldBase + i]);
      }
      out.write(buffer, 0, count);
      done += count;
    }
    out.write(fresh, at + added, copied);
  }

  /** Sign and magnitude, the low byte first: not two's complement. */
  private void putSigned(int offset, int value) {
    long magnitude = Math.abs((long) value);
    for (int i = 0; i < 8; i++) {
      buffer[offset + i] = (byte) (magnitude >>> (8 * i));
    }
    if (value < 0) {
      buffer[offset + 7] |= (byte) 0x80;
    }
  }
}
