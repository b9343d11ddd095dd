package dev.coppice.transfer.delta.match;

import dev.coppice.transfer.delta.Runs;
import java.io.IOException;
import java.io.OutputStream;

/** Writes segments as the records of a bsdiff stream (see {@link BsDiff}). */
final class BsStream {
  /** Bytes of the three numbers before each record. */
  static final int CONTROL = 24;

  private static final int BUFFER = 1 << 14;

  private final byte[] buffer = new byte[BUFFER];

  /** Writes all records of a new content. */
  void write(byte[] old, byte[] fresh, Segments segments, OutputStream out) throws IOException {
    int oldAt = 0;
    for (int i = 0; i < segments.size(); ) {
      int at = segments.start(i);
      if (!segments.isLiteral(i) && segments.oldStart(i) != oldAt) { // the first, by its nature
        control(0, 0, segments.oldStart(i) - oldAt, out);
        oldAt = segments.oldStart(i);
      }
      int added = segments.isLiteral(i) ? 0 : segments.end(i++, fresh.length) - at;
      int end = at + added;
      if (i < segments.size() && segments.isLiteral(i)) {
        end = segments.end(i++, fresh.length);
      }
      int next = i < segments.size() ? segments.oldStart(i) : oldAt + added;
      control(added, end - at - added, next - oldAt - added, out);
      differences(old, oldAt, fresh, at, added, out);
      out.write(fresh, at + added, end - at - added);
      oldAt = next;
    }
  }

  private void differences(
      byte[] old, int oldAt, byte[] fresh, int at, int length, OutputStream out)
      throws IOException {
    for (int done = 0; done < length; ) {
      int count = Math.min(BUFFER, length - done);
      Runs.subtract(fresh, at + done, old, oldAt + done, count, buffer, 0);
      out.write(buffer, 0, count);
      done += count;
    }
  }

  private void control(int added, int copied, int seek, OutputStream out) throws IOException {
    putSigned(0, added);
    putSigned(Long.BYTES, copied);
    putSigned(2 * Long.BYTES, seek);
    out.write(buffer, 0, CONTROL);
  }

  /** Sign and magnitude, the low byte first: not two's complement. */
  private void putSigned(int offset, int value) {
    long magnitude = Math.abs((long) value);
    for (int i = 0; i < Long.BYTES; i++) {
      buffer[offset + i] = (byte) (magnitude >>> (Byte.SIZE * i));
    }
    if (value < 0) {
      buffer[offset + Long.BYTES - 1] |= (byte) 0x80;
    }
  }
}
