package dev.coppice.transfer.delta.generate;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.gvariant.VariantWriter;
import dev.coppice.core.object.Xattrs;
import dev.coppice.transfer.delta.CountedOutput;
import dev.coppice.transfer.delta.FileMetadata;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Serialises a part: the GVariant {@code (a(uuu)aa(ayay)ayay)} of modes, attributes, data and
 * operations. Written member by member, so that data need not be in memory; the attributes of all
 * objects must be known before.
 */
final class PayloadWriter {
  private static final VariantType MODES = VariantType.of("a(uuu)");
  private static final VariantType XATTRS = VariantType.of("a(ayay)");
  private static final VariantType XATTR_TABLE = VariantType.of("aa(ayay)");

  /** The ends of all members but the last are stated. */
  private static final int ENDS = 3;

  private final PartBuilder part;
  private final OutputStream out;
  private final CountedOutput data;
  private final long modesEnd;
  private final long dataStart;

  /** Begins a payload: writes all that stands before the data. */
  PayloadWriter(PartBuilder part, OutputStream out) throws IOException {
    this.part = part;
    this.out = out;
    byte[] modes = modes(part);
    byte[] xattrs = xattrs(part);
    out.write(modes);
    out.write(xattrs);
    modesEnd = modes.length;
    dataStart = modesEnd + xattrs.length;
    data = new CountedOutput(out);
  }

  /** Takes the data. */
  CountedOutput data() {
    return data;
  }

  /**
   * Ends the payload, when all objects are there.
   *
   * @return its bytes
   */
  long finish() throws IOException {
    byte[] operations = OperationCode.of(part, data);
    out.write(operations);
    // The end of the last comes first. No member needs padding: modes, which are aligned to four
    // bytes, stand at the start, and the others are bytes.
    long dataEnd = dataStart + data.count();
    int width = offsetWidth(dataEnd + operations.length);
    offset(dataEnd, width);
    offset(dataStart, width);
    offset(modesEnd, width);
    return dataEnd + operations.length + (long) ENDS * width;
  }

  private void offset(long value, int width) throws IOException {
    for (int i = 0; i < width; i++) {
      out.write((int) (value >>> (Byte.SIZE * i)));
    }
  }

  /** Offsets have the smallest width that can count all bytes, themselves included. */
  private static int offsetWidth(long body) {
    for (int width = 1; width < Long.BYTES; width *= 2) {
      if (body + (long) ENDS * width < 1L << (Byte.SIZE * width)) {
        return width;
      }
    }
    return Long.BYTES;
  }

  private static byte[] modes(PartBuilder part) {
    var writer = new VariantWriter(MODES).beginArray();
    for (FileMetadata mode : part.modes()) {
      writer.beginTuple();
      // Big-endian inside, whatever the byte order around.
      writer.putInt32(Integer.reverseBytes(mode.uid()));
      writer.putInt32(Integer.reverseBytes(mode.gid()));
      writer.putInt32(Integer.reverseBytes(mode.mode()));
      writer.end();
    }
    return writer.end().toByteArray();
  }

  private static byte[] xattrs(PartBuilder part) {
    var writer = new VariantWriter(XATTR_TABLE).beginArray();
    for (Xattrs entry : part.xattrs()) {
      writer.put(Variant.of(XATTRS, entry.encode()));
    }
    return writer.end().toByteArray();
  }
}
