package dev.coppice.transfer.delta;

import java.io.ByteArrayOutputStream;

/** Writes the operations of a part. For one thread. */
public final class OperationWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Appends an operation. */
  public OperationWriter add(Operation operation) {
    bytes.write(operation.code());
    switch (operation) {
      case Operation.SpliceMetadata(long length, long offset) -> numbers(length, offset);
      case Operation.SpliceFile(long mode, long xattrs, long length, long offset) ->
          numbers(mode, xattrs, length, offset);
      case Operation.Open(long mode, long xattrs, long size) -> numbers(mode, xattrs, size);
      case Operation.Write(long length, long offset) -> numbers(length, offset);
      case Operation.SetReadSource(long offset) -> numbers(offset);
      case Operation.BsPatch(long offset, long length) -> numbers(offset, length);
      case Operation.UnsetReadSource _, Operation.Close _ -> {}
    }
    return this;
  }

  private void numbers(long... numbers) {
    for (long number : numbers) {
      Varints.write(bytes, number);
    }
  }

  /** Bytes so far. */
  public int size() {
    return bytes.size();
  }

  /** All operations. */
  public byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
