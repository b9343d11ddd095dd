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
 * operations. Written member by member, so that the data are neither copied nor need be in memory.
 */
final class PayloadFrame implements Payload {
  private static final VariantType MODES = VariantType.of("a(uuu)");
  private static final VariantType XATTRS = VariantType.of("a(ayay)");
  private static final VariantType XATTR_TABLE = VariantType.of("aa(ayay)");

  /** The ends of all members but the last are stated. */
  private static final int ENDS = 3;

  private final byte[] modes;
  private final byte[] xattrs;
  private final Payload data;
  private final byte[] operations;

  private PayloadFrame(PartBuilder part, Payload data) {
    this.operations = OperationCode.of(part);
    this.modes = modes(part);
    this.xattrs = xattrs(part);
    this.data = data;
  }

  /** The payload of a part, to which nothing can be added any more. */
  static PayloadFrame of(PartBuilder part) {
    return new PayloadFrame(part, part.data());
  }

  /** The payload of a part with other data than it has itself. */
  static PayloadFrame of(PartBuilder part, Payload data) {
    return new PayloadFrame(part, data);
  }

  @Override
  public long size() {
    return body() + (long) ENDS * offsetWidth();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(modes);
    out.write(xattrs);
    data.writeTo(out);
    out.write(operations);
    // The end of the last comes first. No member needs padding: modes, which are aligned to four
    // bytes, stand at the start, and the others are bytes.
    long dataStart = modes.length + (long) xattrs.length;
    offset(out, dataStart + data.size());
    offset(out, dataStart);
    offset(out, modes.length);
  }

  private void offset(OutputStream out, long value) throws IOException {
    int width = offsetWidth();
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
      if (body() + (long) ENDS * width < 1L << (8 * width)) {
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
