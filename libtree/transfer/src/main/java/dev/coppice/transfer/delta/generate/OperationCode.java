package dev.coppice.transfer.delta.generate;

import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.CountedOutput;
import dev.coppice.transfer.delta.Operation;
import dev.coppice.transfer.delta.OperationWriter;
import dev.coppice.transfer.delta.generate.Made.Range;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The operations of a part. Checksums of sources, which operations refer to by offset as well, are
 * put behind the data, each once: there they do not disturb what the compressor learned.
 */
final class OperationCode {
  private final OperationWriter code = new OperationWriter();
  private final Map<Checksum, Long> sources = new HashMap<>();
  private final CountedOutput data;

  private OperationCode(CountedOutput data) {
    this.data = data;
  }

  /** The operations that make all objects of a part; appends to its data. */
  static byte[] of(PartBuilder part, CountedOutput data) throws IOException {
    var writer = new OperationCode(data);
    for (Made made : part.made()) {
      writer.make(made);
    }
    return writer.code.toByteArray();
  }

  private void make(Made made) throws IOException {
    switch (made) {
      case Made.Metadata(long offset, long length) ->
          code.add(new Operation.SpliceMetadata(length, offset));
      case Made.Whole(var attributes, long offset, long length) ->
          code.add(
              new Operation.SpliceFile(attributes.mode(), attributes.xattrs(), length, offset));
      case Made.Patched(var attributes, long size, var source, long offset, long length) ->
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
  private void copy(Checksum source, List<Range> ranges) throws IOException {
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

  private long source(Checksum checksum) throws IOException {
    Long known = sources.get(checksum);
    if (known != null) {
      return known;
    }
    long offset = data.count();
    data.write(checksum.bytes(), 0, Checksum.BYTES);
    sources.put(checksum, offset);
    return offset;
  }
}
