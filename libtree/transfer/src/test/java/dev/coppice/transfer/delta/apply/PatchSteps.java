package dev.coppice.transfer.delta.apply;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes patches step by step. */
final class PatchSteps {
  private PatchSteps() {}

  /** The bytes of one step. */
  static byte[] step(long add, long copy, long seek, byte[] added, byte[] copied) {
    var out = new ByteArrayOutputStream();
    for (long number : new long[] {add, copy, seek}) {
      long raw = number < 0 ? -number | Long.MIN_VALUE : number;
      out.writeBytes(
          ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(raw).array());
    }
    out.writeBytes(added);
    out.writeBytes(copied);
    return out.toByteArray();
  }
}
