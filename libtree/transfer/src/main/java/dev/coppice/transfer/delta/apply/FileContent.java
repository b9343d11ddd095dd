package dev.coppice.transfer.delta.apply;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.object.Checksum;
import dev.coppice.transfer.delta.ByteRegion;
import dev.coppice.transfer.delta.DeltaException;
import dev.coppice.transfer.delta.Operation;
import dev.coppice.transfer.delta.OperationReader;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file that operations make one piece after the other, as a stream: it takes
 * operations from the reader as it needs them, up to the one that closes the file.
 */
final class FileContent extends InputStream {
  private final OperationReader operations;
  private final ByteRegion data;
  private final Sources sources;
  private final long size;
  private long made;
  private @Nullable InputStream piece;
  private boolean closed;

  /** Opens sources. */
  interface Sources {
    /** Makes a file the source; the one before is closed. */
    void set(Checksum checksum) throws IOException;

    /** The source, or null. */
    @Nullable ReadSource current();

    /** Closes the source. */
    void unset() throws IOException;

    /** What patches are read through. */
    BsPatchStream.Windows windows();
  }

  /** Content of this size, made of a part's data. */
  FileContent(OperationReader operations, ByteRegion data, Sources sources, long size) {
    this.operations = operations;
    this.data = data;
    this.sources = sources;
    this.size = size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] out, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!closed) {
      if (piece != null) {
        int count = piece.read(out, offset, length);
        if (count > 0) {
          counted(count);
          return count;
        }
        piece = null;
      }
      Operation next = operations.next();
      if (next == null) {
        operations.requireEnd();
        throw new IllegalStateException("a file was open");
      }
      run(next);
    }
    if (made < size) {
      throw wrongSize("it ends after " + made + " of " + size + " bytes");
    }
    return -1;
  }

  private void counted(long count) {
    made += count;
    if (made > size) {
      throw wrongSize("it is longer than " + size + " bytes");
    }
  }

  private static DeltaException wrongSize(String what) {
    return new DeltaException(ErrorCode.DELTA_OBJECT_MISMATCH, what);
  }

  private void run(Operation operation) throws IOException {
    switch (operation) {
      case Operation.Write(long length, long offset) -> {
        ReadSource source = sources.current();
        ByteRegion from = source == null ? data : source.content();
        piece = new RegionStream(PartApply.slice(from, offset, length, "write"));
      }
      case Operation.SetReadSource(long offset) -> {
        ByteRegion name = PartApply.slice(data, offset, Checksum.BYTES, "set-read-source");
        sources.set(Checksum.of(name.read(0, Checksum.BYTES)));
      }
      case Operation.UnsetReadSource() -> sources.unset();
      case Operation.BsPatch(long offset, long length) -> {
        ReadSource source = sources.current();
        if (source == null || made > 0) {
          throw DeltaException.malformed(
              "opcode bspatch: " + (source == null ? "no source is set" : "content is there"));
        }
        ByteRegion patch = PartApply.slice(data, offset, length, "bspatch");
        piece = new BsPatchStream(patch, source.content(), size, sources.windows());
      }
      case Operation.Close() -> {
        closed = true;
        sources.unset();
      }
      case Operation.SpliceMetadata _, Operation.SpliceFile _, Operation.Open _ ->
          throw new IllegalStateException("the reader refuses these while a file is open");
    }
  }

  /** Runs what is left up to the end of the file, which must not have any more content. */
  void finish() throws IOException {
    byte[] rest = new byte[1];
    while (!closed) {
      if (read(rest, 0, 1) < 0) {
        return;
      }
    }
  }

  /** Goes to the end of the file without making its content. */
  void skip() throws IOException {
    for (Operation next = operations.next(); next != null; next = operations.next()) {
      if (next instanceof Operation.Close) {
        closed = true;
        return;
      }
    }
    operations.requireEnd();
  }
}
