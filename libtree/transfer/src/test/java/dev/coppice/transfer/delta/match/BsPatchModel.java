package dev.coppice.transfer.delta.match;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Applies bsdiff streams in the plainest way. */
final class BsPatchModel {
  private BsPatchModel() {}

  static byte[] patch(byte[] old, byte[] stream, int size) {
    var in = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
    var out = new ByteArrayOutputStream();
    int at = 0;
    while (out.size() < size) {
      long added = signed(in.getLong());
      long copied = signed(in.getLong());
      long seek = signed(in.getLong());
      for (long i = 0; i < added; i++) {
        out.write(old[at++] + in.get());
      }
      for (long i = 0; i < copied; i++) {
        out.write(in.get());
      }
      at += (int) seek;
    }
    if (in.hasRemaining() || out.size() != size) {
      throw new IllegalArgumentException("the stream does not end with the content");
    }
    return out.toByteArray();
  }

  private static long signed(long raw) {
    return raw < 0 ? -(raw & Long.MAX_VALUE) : raw;
  }
}
