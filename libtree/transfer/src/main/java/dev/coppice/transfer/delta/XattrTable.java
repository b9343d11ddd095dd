package dev.coppice.transfer.delta;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.MalformedObjectException;
import dev.coppice.core.object.Xattrs;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A part's table of attributes, {@code aa(ayay)}. Where files are signed one by one each has its
 * own entry, so the table may be as large as the part and is read where it lies. For one thread.
 */
public final class XattrTable {
  /** Entries that are kept: most parts have fewer. */
  private static final int CACHED = 64;

  private final ByteRegion bytes;
  private final long body;
  private final int width;
  private final Map<Long, Xattrs> cache =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Xattrs> eldest) {
          return size() > CACHED;
        }
      };

  private XattrTable(ByteRegion bytes, long body, int width) {
    this.bytes = bytes;
    this.body = body;
    this.width = width;
  }

  static XattrTable open(ByteRegion bytes) throws IOException {
    long size = bytes.size();
    if (size == 0) {
      return new XattrTable(bytes, 0, 1);
    }
    int width = Offsets.width(size);
    long body = size < width ? -1 : Offsets.read(bytes, size - width, width);
    if (body < 0 || body > size - width || (size - body) % width != 0) {
      throw malformed();
    }
    return new XattrTable(bytes, body, width);
  }

  private static DeltaException malformed() {
    return DeltaException.malformed("Not of the form of a part's table of attributes");
  }

  /** Number of entries. */
  public long size() {
    return (bytes.size() - body) / width;
  }

  /**
   * An entry.
   *
   * @throws DeltaException when there is none, or it is not of its form
   */
  public Xattrs get(long index) throws IOException {
    if (index < 0 || index >= size()) {
      throw new DeltaException(
          ErrorCode.DELTA_OUT_OF_BOUNDS,
          "No attributes " + Long.toUnsignedString(index) + " in a table of " + size());
    }
    Xattrs known = cache.get(index);
    if (known == null) {
      known = read(index);
      cache.put(index, known);
    }
    return known;
  }

  private Xattrs read(long index) throws IOException {
    long start = index == 0 ? 0 : Offsets.read(bytes, body + (index - 1) * width, width);
    long end = Offsets.read(bytes, body + index * width, width);
    if (start < 0 || end < start || end > body || end - start > FileHeader.MAX_SIZE) {
      throw malformed();
    }
    try {
      return Xattrs.decode(bytes.read(start, (int) (end - start)));
    } catch (MalformedObjectException e) {
      throw new DeltaException(ErrorCode.DELTA_MALFORMED, e.getMessage(), e);
    }
  }
}
