package dev.coppice.transfer.delta.generate;

import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.Operation;
import dev.coppice.transfer.delta.OperationWriter;
import dev.coppice.transfer.delta.generate.Made.Range;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The operations of a part. Checksums of sources, which operations refer to by offset as well, are
 * put behind the data, each once: there they do not disturb what the compressor learned.
 */
final class OperationCode {
  private final OperationWriter code = new OperationWriter();
  private final Map<Checksum, Integer> sources = new HashMap<>();
  private final Blob data;

  private OperationCode(Blob data) {
    this.data = data;
  }

  /** The operations that make all objects of a part; appends to its data. */
  static byte[] of(PartBuilder part) {
    var writer = new OperationCode(part.data());
    part.made().forEach(writer::make);
    return writer.code.toByteArray();
  }

  private void make(Made made) {
    switch (made) {
      case Made.Metadata(int offset, int length) ->
          code.add(new Operation.SpliceMetadata(length, offset));
      case Made.Whole(var attributes, long offset, long length) ->
          code.add(
              new Operation.SpliceFile(attributes.mode(), attributes.xattrs(), length, offset));
      case Made.Patched(var attributes, long size, var source, int offset, int length) ->
          code.add(new Operation.SetReadSource(source(source)))
              .add(new Operation.Open(attributes.mode(), attributes.xattrs(), size))
              .add(new Operation.BsPatch(offset, length))
              .add(new Operation.Close())
              .add(new Operation.UnsetReadSource());
      case Made.Copied(var attributes, long size, var source, var ranges) -> {
        code.add(new Operation.Open(attributes.mode(), attributes.xattrs(), size));
        copy(source, ranges);
        code.add(new Operation.Close());
      }
    }
  }

  /** Reading from the data is what a client does until it is told otherwise. */
  private void copy(Checksum source, List<Range> ranges) {
    boolean fromSource = false;
    for (Range range : ranges) {
      if (range.fromSource() != fromSource) {
        code.add(
            range.fromSource()
                ? new Operation.SetReadSource(source(source))
                : new Operation.UnsetReadSource());
        fromSource = range.fromSource();
      }
      code.add(new Operation.Write(range.length(), range.offset()));
    }
    if (fromSource) {
      code.add(new Operation.UnsetReadSource());
    }
  }

  private int source(Checksum checksum) {
    return sources.computeIfAbsent(
        checksum,
        added -> {
          int offset = data.end();
          data.write(added.bytes(), 0, Checksum.BYTES);
          return offset;
        });
  }
}
