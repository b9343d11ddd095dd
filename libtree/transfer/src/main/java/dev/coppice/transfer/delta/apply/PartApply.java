package dev.coppice.transfer.delta.apply;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.CorruptObjectException;
import dev.coppice.core.object.FileHeader;
import dev.coppice.core.object.FileMode;
import dev.coppice.core.object.MalformedObjectException;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.object.ObjectType;
import dev.coppice.core.repo.Transaction;
import dev.coppice.core.store.ContentSource;
import dev.coppice.core.store.ObjectVerifier;
import dev.coppice.core.store.WrittenFile;
import dev.coppice.transfer.delta.ByteRegion;
import dev.coppice.transfer.delta.DeltaException;
import dev.coppice.transfer.delta.ObjectList;
import dev.coppice.transfer.delta.Operation;
import dev.coppice.transfer.delta.OperationReader;
import dev.coppice.transfer.delta.PartPayload;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Runs the operations of one part: makes its objects and stages those that are new, each verified.
 * For one thread. Source: {@code _ostree_static_delta_part_execute}.
 */
final class PartApply implements FileContent.Sources, AutoCloseable {
  /** The same limit as for metadata that is stored. Source: {@code OSTREE_MAX_METADATA_SIZE}. */
  private static final int MAX_METADATA = 128 << 20;

  /** Bytes of the longest target that a symbolic link can have. Source: {@code PATH_MAX}. */
  private static final int MAX_TARGET = 4096;

  /** Content up to this size is handed over in one piece. */
  private static final int WHOLE = 1 << 16;

  private final Transaction transaction;
  private final PartPayload payload;
  private final ApplyRules rules;
  private final OperationReader operations;
  private final SpoolFiles spools;
  private final BsPatchStream.Windows windows = BsPatchStream.Windows.create();
  private @Nullable ReadSource source;
  private long files;
  private long metadata;
  private long bytes;

  PartApply(Transaction transaction, PartPayload payload, ObjectList objects, ApplyRules rules)
      throws IOException {
    this.transaction = transaction;
    this.payload = payload;
    this.rules = rules;
    this.operations = new OperationReader(payload.operations(), objects);
    this.spools = new SpoolFiles(transaction.repo().descriptor());
  }

  /** Makes all objects. */
  ApplyStats run() throws IOException {
    for (Operation next = operations.next(); next != null; next = operations.next()) {
      if (Thread.interrupted()) {
        throw new InterruptedIOException("interrupted");
      }
      run(next);
    }
    operations.requireEnd();
    return new ApplyStats(1, metadata, files, bytes);
  }

  private void run(Operation operation) throws IOException {
    switch (operation) {
      case Operation.SetReadSource(long offset) -> set(checksumAt(offset));
      case Operation.UnsetReadSource() -> unset();
      case Operation.SpliceMetadata splice -> make(operations.object(), () -> metadata(splice));
      case Operation.SpliceFile splice -> make(operations.object(), () -> file(splice));
      case Operation.Open open -> make(operations.object(), () -> file(open));
      case Operation.Write _, Operation.BsPatch _, Operation.Close _ ->
          throw new IllegalStateException("the reader refuses these while no file is open");
    }
  }

  private interface Maker {
    void make() throws IOException;
  }

  /** Says of each failure which object it happened at. */
  private static void make(ObjectName object, Maker maker) throws IOException {
    try {
      maker.make();
    } catch (DeltaException e) {
      throw e.in("object " + object);
    } catch (CorruptObjectException | MalformedObjectException e) {
      throw new DeltaException(
          ErrorCode.DELTA_OBJECT_MISMATCH,
          "object "
              + object
              + ": what the delta makes is another: "
              + e.getMessage()
              + " (the delta is wrong, or a file here that it starts from is damaged)",
          e);
    }
  }

  private Checksum checksumAt(long offset) throws IOException {
    ByteRegion name = slice(payload.data(), offset, Checksum.BYTES, "set-read-source");
    return Checksum.of(name.read(0, Checksum.BYTES));
  }

  private void metadata(Operation.SpliceMetadata splice) throws IOException {
    ByteRegion region = slice(payload.data(), splice.offset(), splice.length(), "splice");
    ObjectName object = operations.object();
    if (rules.has(transaction, object)) {
      return;
    }
    if (object.type() == ObjectType.COMMIT) {
      // Nobody has verified it: the one that the delta leads to is in the superblock.
      throw DeltaException.malformed("a part must not have commits");
    }
    if (region.size() > MAX_METADATA) {
      throw new DeltaException(
          ErrorCode.DELTA_TOO_LARGE, "it is larger than " + MAX_METADATA + " bytes");
    }
    byte[] content = region.read(0, (int) region.size());
    Checksum actual = Checksum.sha256(content);
    if (!actual.equals(object.checksum())) {
      throw new CorruptObjectException(object, actual);
    }
    ObjectVerifier.checkForm(object.type(), content);
    transaction.writeMetadata(object.type(), content);
    metadata++;
  }

  private void file(Operation.SpliceFile splice) throws IOException {
    ByteRegion content = slice(payload.data(), splice.offset(), splice.length(), "splice");
    ObjectName object = operations.object();
    if (rules.has(transaction, object)) {
      return;
    }
    if (FileMode.isSymlink(payload.mode(splice.mode()).mode())) {
      String target = target(content);
      write(object, payload.header(splice.mode(), splice.xattrs(), target), ContentSource.EMPTY);
      return;
    }
    FileHeader header = payload.header(splice.mode(), splice.xattrs(), "");
    long size = content.size();
    write(
        object,
        header,
        size <= WHOLE
            ? new ContentSource.OfBytes(content.read(0, (int) size))
            : new ContentSource.OfStream(new RegionStream(content), size));
  }

  private static String target(ByteRegion content) throws IOException {
    if (content.size() > MAX_TARGET) {
      throw new DeltaException(
          ErrorCode.DELTA_TOO_LARGE, "a symbolic link to more than " + MAX_TARGET + " bytes");
    }
    byte[] bytes = content.read(0, (int) content.size());
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new DeltaException(
          ErrorCode.DELTA_MALFORMED, "a symbolic link to what is not UTF-8", e);
    }
  }

  private void file(Operation.Open open) throws IOException {
    ObjectName object = operations.object();
    var content = new FileContent(operations, payload.data(), this, open.size());
    if (rules.has(transaction, object)) {
      content.skip();
      unset();
      return;
    }
    FileHeader header = payload.header(open.mode(), open.xattrs(), "");
    if (header.isSymlink()) {
      throw DeltaException.malformed("opcode open: it is a symbolic link");
    }
    write(object, header, new ContentSource.OfStream(content, open.size()));
    content.finish();
  }

  private void write(ObjectName object, FileHeader header, ContentSource content)
      throws IOException {
    rules.check().check(header, object.checksum());
    WrittenFile written = transaction.writeFile(header, content, object.checksum());
    files++;
    bytes += written.size();
  }

  /** A piece of a region, where there is one. */
  static ByteRegion slice(ByteRegion region, long offset, long length, String what) {
    if (offset < 0 || length < 0 || offset > region.size() || length > region.size() - offset) {
      throw new DeltaException(
          ErrorCode.DELTA_OUT_OF_BOUNDS,
          "opcode "
              + what
              + ": Invalid offset/length "
              + offset
              + "/"
              + length
              + " in "
              + region.size()
              + " bytes");
    }
    return region.slice(offset, length);
  }

  @Override
  public void set(Checksum checksum) throws IOException {
    unset();
    source = ReadSource.open(transaction.objects(), checksum, spools);
  }

  @Override
  public BsPatchStream.Windows windows() {
    return windows;
  }

  @Override
  public @Nullable ReadSource current() {
    return source;
  }

  @Override
  public void unset() throws IOException {
    if (source != null) {
      source.close();
      source = null;
    }
  }

  @Override
  public void close() throws IOException {
    unset();
    spools.close();
  }
}
