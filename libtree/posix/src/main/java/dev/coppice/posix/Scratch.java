package dev.coppice.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A thread's native memory for the arguments and results of one system call.
 *
 * <p>Allocated once a thread, because an arena a call would cost more than the call. Nothing
 * survives from one public method of this room to the next.
 */
final class Scratch {
  /** The kernel's limit of a path, its terminating NUL included. */
  static final int PATH_MAX = 4096;

  /** Large enough for every fixed structure used here; statx is the largest with 256 bytes. */
  static final int STRUCT_SIZE = 512;

  /** Bytes a thread copies through at a time when the caller's memory is on the Java heap. */
  static final int TRANSFER_SIZE = 128 * 1024;

  private static final ThreadLocal<Scratch> OF_THREAD =
      new ThreadLocal<>() {
        @Override
        protected Scratch initialValue() {
          return new Scratch();
        }
      };

  final MemorySegment captured;
  final MemorySegment struct;
  private final MemorySegment first;
  private final MemorySegment second;
  private @Nullable MemorySegment transfer;

  private Scratch() {
    var memory = Arena.ofAuto().allocate(16 + STRUCT_SIZE + 2 * PATH_MAX, 16);
    captured = memory.asSlice(0, 16);
    struct = memory.asSlice(16, STRUCT_SIZE);
    first = memory.asSlice(16 + STRUCT_SIZE, PATH_MAX);
    second = memory.asSlice(16 + STRUCT_SIZE + PATH_MAX, PATH_MAX);
  }

  /** The scratch memory of the running thread. */
  static Scratch get() {
    return OF_THREAD.get();
  }

  /** The error number of the last failed call. */
  int errno() {
    return captured.get(JAVA_INT, 0);
  }

  /** Writes the first path of a call and returns its address. */
  long path(String path) throws PosixException {
    put(first, 0, path);
    return first.address();
  }

  /** Writes the second path of a call and returns its address. */
  long otherPath(String path) throws PosixException {
    put(second, 0, path);
    return second.address();
  }

  /** The memory behind {@link #otherPath}, for calls that fill it. */
  MemorySegment otherPathMemory() {
    return second;
  }

  /** Writes {@code /proc/self/fd/N/name} as the first path and returns its address. */
  long pathBelow(Fd dir, String name) throws PosixException {
    if (dir.isWorkingDirectory() || name.startsWith("/")) {
      return path(name);
    }
    int end = put(first, 0, dir.procPath());
    first.set(JAVA_BYTE, end, (byte) '/');
    put(first, end + 1, name);
    return first.address();
  }

  /** A larger buffer, made when first asked for. */
  MemorySegment transfer() {
    var buffer = transfer;
    if (buffer == null) {
      buffer = Arena.ofAuto().allocate(TRANSFER_SIZE, 16);
      transfer = buffer;
    }
    return buffer;
  }

  /** Encodes with a terminating NUL; returns the offset of that NUL. */
  private static int put(MemorySegment memory, int start, String path) throws PosixException {
    int length = path.length();
    if (start + length >= PATH_MAX) {
      throw new PosixException(Errno.ENAMETOOLONG.number(), "path", path);
    }
    for (int i = 0; i < length; i++) {
      char c = path.charAt(i);
      if (c >= 0x80) {
        return putEncoded(memory, start, path);
      }
      if (c == 0) {
        throw nul(path);
      }
      memory.set(JAVA_BYTE, start + i, (byte) c);
    }
    memory.set(JAVA_BYTE, start + length, (byte) 0);
    return start + length;
  }

  private static int putEncoded(MemorySegment memory, int start, String path)
      throws PosixException {
    if (path.indexOf('\0') >= 0) {
      throw nul(path);
    }
    byte[] bytes = PosixNames.encode(path);
    if (start + bytes.length >= PATH_MAX) {
      throw new PosixException(Errno.ENAMETOOLONG.number(), "path", path);
    }
    MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, start, bytes.length);
    memory.set(JAVA_BYTE, start + bytes.length, (byte) 0);
    return start + bytes.length;
  }

  static IllegalArgumentException nul(String path) {
    return new IllegalArgumentException(
        "a file name cannot contain a NUL character: " + path.replace("\0", "\\0"));
  }
}
