package dev.coppice.transfer.delta;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.object.ObjectName;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the operations of a part one by one, and says which object each of them makes, on which the
 * form of one of them depends. For one thread.
 *
 * <pre>{@code
 * var reader = new OperationReader(payload.operations(), header.objects());
 * for (Operation next = reader.next(); next != null; next = reader.next()) { ... }
 * reader.requireEnd();
 * }</pre>
 */
public final class OperationReader {
  /** Bytes that are read at once. */
  private static final int BUFFER = 1 << 16;

  private final ByteRegion bytes;
  private final List<ObjectName> objects;
  private final byte[] buffer;
  private long position;
  private int at;
  private int end;
  private int object;
  private boolean open;
  private boolean finishesObject;

  /** Reads operations that make these objects. */
  public OperationReader(ByteRegion bytes, List<ObjectName> objects) {
    this.bytes = bytes;
    this.objects = objects;
    this.buffer = new byte[(int) Math.min(BUFFER, bytes.size())];
  }

  /** The object that the operation that was returned last works at; counts from 0. */
  public int index() {
    return object;
  }

  /**
   * The object that the operation that was returned last works at.
   *
   * @throws DeltaException when all objects have been made
   */
  public ObjectName object() {
    if (object >= objects.size()) {
      throw new DeltaException(
          ErrorCode.DELTA_OBJECT_COUNT,
          "The operations make more than the " + objects.size() + " objects that are announced");
    }
    return objects.get(object);
  }

  /**
   * The next operation; null at the end.
   *
   * @throws DeltaException when it is unknown, cut off, or cannot stand where it does
   */
  public @Nullable Operation next() throws IOException {
    if (finishesObject) {
      finishesObject = false;
      open = false;
      object++;
    }
    int code = nextByte();
    return switch (code) {
      case -1 -> null;
      case OperationCodes.SPLICE -> splice();
      case OperationCodes.OPEN -> open();
      case OperationCodes.WRITE -> {
        requireOpen("write");
        yield new Operation.Write(number(), number());
      }
      case OperationCodes.SET_READ_SOURCE -> new Operation.SetReadSource(number());
      case OperationCodes.UNSET_READ_SOURCE -> new Operation.UnsetReadSource();
      case OperationCodes.BSPATCH -> {
        requireOpen("bspatch");
        yield new Operation.BsPatch(number(), number());
      }
      case OperationCodes.CLOSE -> {
        requireOpen("close");
        finishesObject = true;
        yield new Operation.Close();
      }
      default ->
          throw DeltaException.malformed(
              "Unknown opcode " + code + " at offset " + (position - end + at - 1));
    };
  }

  private Operation splice() throws IOException {
    requireClosed("open-splice-and-close");
    finishesObject = true;
    return object().type().isMetadata()
        ? new Operation.SpliceMetadata(number(), number())
        : new Operation.SpliceFile(number(), number(), number(), number());
  }

  private Operation open() throws IOException {
    requireClosed("open");
    if (object().type().isMetadata()) {
      throw DeltaException.malformed("opcode open: " + object() + " is not a file");
    }
    open = true;
    return new Operation.Open(number(), number(), number());
  }

  private void requireOpen(String what) {
    if (!open) {
      throw DeltaException.malformed("opcode " + what + ": no object is open");
    }
  }

  private void requireClosed(String what) {
    if (open) {
      throw DeltaException.malformed("opcode " + what + ": " + object() + " is still open");
    }
  }

  /**
   * Checks, after the last operation, that it made the last object.
   *
   * @throws DeltaException when objects are missing
   */
  public void requireEnd() {
    if (open || object != objects.size()) {
      throw new DeltaException(
          ErrorCode.DELTA_OBJECT_COUNT,
          "The operations end after " + object + " of " + objects.size() + " objects");
    }
  }

  private long number() throws IOException {
    return Varints.read(this::nextByte);
  }

  private int nextByte() throws IOException {
    if (at == end) {
      int count = (int) Math.min(buffer.length, bytes.size() - position);
      if (count == 0) {
        return -1;
      }
      bytes.read(position, buffer, 0, count);
      position += count;
      at = 0;
      end = count;
    }
    return buffer[at++] & 0xff;
  }
}
