package dev.coppice.transfer.delta.generate;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.gvariant.VariantWriter;
import dev.coppice.core.object.Xattrs;
import dev.coppice.transfer.delta.FileMetadata;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Serialises a part: the GVariant {@code (a(uuu)aa(ayay)ayay)} of modes, attributes, data and
 * operations. Written member by member, so that the data are not copied.
 */
final class PayloadWriter {
  private static final VariantType MODES = VariantType.of("a(uuu)");
  private static final VariantType XATTRS = VariantType.of("a(ayay)");
  private static final VariantType XATTR_TABLE = VariantType.of("aa(ayay)");

  private final byte[] modes;
  private final byte[] xattrs;
  private final Blob data;
  private final byte[] operations;

  /** Takes the part over: nothing can be added to it any more. */
  PayloadWriter(PartBuilder part) {
    operations = OperationCode.of(part);
    modes = modes(part);
    xattrs = xattrs(part);
    data = part.data();
  }

  /** Bytes of the payload. */
  long size() {
    return body() + 3L * offsetWidth();
  }

  void write(OutputStream out) throws IOException {
    out.write(modes);
    out.write(xattrs);
    out.write(data.array(), 0, data.size());
    out.write(operations);
    // Where the members end, all but the last, the last of these first; none needs alignment
    // beyond what it has: the modes come first, the others are bytes.
    int width = offsetWidth();
    long end = modes.length + (long) xattrs.length + data.size();
    offset(out, end, width);
    offset(out, modes.length + (long) xattrs.length, width);
    offset(out, modes.length, width);
  }

  private static void offset(OutputStream out, long value, int width) throws IOException {
    for (int i = 0; i < width; i++) {
      out.write((int) (value >>> (8 * i)));
    }
  }

  private long body() {
    return modes.length + (long) xattrs.length + data.size() + operations.length;
  }

  /** Offsets have the smallest width that can count all bytes, themselves included. */
  private int offsetWidth() {
    for (int width = 1; width < Long.BYTES; width *= 2) {
      if (body() + 3L * width < 1L << (8 * width)) {
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
