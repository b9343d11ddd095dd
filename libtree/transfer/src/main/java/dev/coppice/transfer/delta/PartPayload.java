package dev.coppice.transfer.delta;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.gvariant.VariantWriter;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.MalformedObjectException;
import dev.coppice.core.object.Xattrs;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * What a part holds once it is unpacked, the GVariant {@code (a(uuu)aa(ayay)ayay)}: owners and
 * modes, lists of attributes, data, operations. It may be larger than memory, so it is navigated
 * where it lies. Source: {@code OSTREE_STATIC_DELTA_PART_PAYLOAD_FORMAT_V0}.
 *
 * @param data what operations point into
 * @param operations for {@link OperationReader}
 */
public record PartPayload(
    ByteRegion modes, XattrTable xattrs, ByteRegion data, ByteRegion operations) {
  private static final VariantType TYPE = VariantType.of("(a(uuu)aa(ayay)ayay)");

  /** Bytes of an entry of the table of owners and modes. */
  private static final int MODE = 12;

  /** Tables up to this size, which each object is looked up in, are kept in memory. */
  private static final int SMALL = 1 << 14;

  /** The ends of all members but the last are behind them. */
  private static final int ENDS = 3;

  /**
   * Finds the members of a payload.
   *
   * @throws DeltaException when it is not of its form
   */
  public static PartPayload open(ByteRegion bytes) throws IOException {
    long size = bytes.size();
    int width = Offsets.width(size);
    long body = size - (long) ENDS * width;
    if (body < 0) {
      throw malformed();
    }
    // The first member's end is the last offset.
    long modes = Offsets.read(bytes, size - width, width);
    long xattrs = Offsets.read(bytes, size - 2L * width, width);
    long data = Offsets.read(bytes, size - 3L * width, width);
    boolean ordered = 0 <= modes && modes <= xattrs && xattrs <= data && data <= body;
    if (!ordered || modes % MODE != 0) {
      throw malformed();
    }
    return new PartPayload(
        kept(bytes.slice(0, modes)),
        XattrTable.open(kept(bytes.slice(modes, xattrs - modes))),
        bytes.slice(xattrs, data - xattrs),
        bytes.slice(data, body - data));
  }

  private static ByteRegion kept(ByteRegion table) throws IOException {
    return table.size() > SMALL ? table : ByteRegion.of(table.read(0, (int) table.size()));
  }

  private static DeltaException malformed() {
    return DeltaException.malformed("Not of the form of a part's payload");
  }

  /** Number of entries in the table of owners and modes. */
  public long modeCount() {
    return modes.size() / MODE;
  }

  /**
   * An entry of the table of owners and modes.
   *
   * @throws DeltaException when there is none
   */
  public FileMetadata mode(long index) throws IOException {
    if (index < 0 || index >= modeCount()) {
      throw new DeltaException(
          ErrorCode.DELTA_OUT_OF_BOUNDS,
          "No mode " + Long.toUnsignedString(index) + " in a table of " + modeCount());
    }
    byte[] entry = modes.read(index * MODE, MODE);
    return new FileMetadata(
        Offsets.bigEndian(entry, 0), Offsets.bigEndian(entry, 4), Offsets.bigEndian(entry, 8));
  }

  /**
   * The header of a file, put together from both tables.
   *
   * @param target of a symbolic link, empty for others
   * @throws DeltaException when there are no such entries, or they are those of no file
   */
  public FileHeader header(long mode, long attributes, String target) throws IOException {
    FileMetadata metadata = mode(mode);
    try {
      return new FileHeader(
          metadata.uid(), metadata.gid(), metadata.mode(), target, xattrs.get(attributes));
    } catch (MalformedObjectException e) {
      throw new DeltaException(ErrorCode.DELTA_MALFORMED, e.getMessage(), e);
    }
  }

  /** The bytes of a payload with these members. */
  public static byte[] encode(
      List<FileMetadata> modes, List<Xattrs> xattrs, byte[] data, byte[] operations) {
    var writer = new VariantWriter(TYPE, data.length + operations.length + 1024);
    writer.beginTuple().beginArray();
    for (FileMetadata mode : modes) {
      writer.beginTuple().putInt32(Integer.reverseBytes(mode.uid()));
      writer.putInt32(Integer.reverseBytes(mode.gid()));
      writer.putInt32(Integer.reverseBytes(mode.mode())).end();
    }
    writer.end().beginArray();
    for (Xattrs list : xattrs) {
      writer.beginArray();
      for (Xattrs.Xattr xattr : list.entries()) {
        byte[] name = Arrays.copyOf(xattr.name(), xattr.name().length + 1);
        writer.beginTuple().putBytes(name).putBytes(xattr.value()).end();
      }
      writer.end();
    }
    return writer.end().putBytes(data).putBytes(operations).end().toByteArray();
  }
}
