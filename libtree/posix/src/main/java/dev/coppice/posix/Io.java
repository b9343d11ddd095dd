package dev.coppice.posix;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Content of open files.
 *
 * <p>Native memory is read and written directly, heap memory through a buffer of the thread. End of
 * file is -1 as everywhere in Java.
 */
public final class Io {
  /** For {@link #lseek}: from the beginning. */
  public static final int SEEK_SET = 0;

  /** For {@link #lseek}: from the current offset. */
  public static final int SEEK_CUR = 1;

  /** For {@link #lseek}: from the end. */
  public static final int SEEK_END = 2;

  /** For {@link #fadvise}: will be read from front to back. */
  public static final int POSIX_FADV_SEQUENTIAL = 2;

  /** For {@link #fadvise}: will be needed soon. */
  public static final int POSIX_FADV_WILLNEED = 3;

  /** For {@link #fadvise}: will not be needed again. */
  public static final int POSIX_FADV_DONTNEED = 4;

  private static final long FICLONE = 0x4004_9409L;

  /** Bytes of one copy_file_range; the kernel caps at 2 GiB anyway and this stays interruptible. */
  private static final long COPY_STEP = 1L << 30;

  private static final long AT_OFFSET = -1;

  private Io() {}

  // ---- reading

  /** Reads up to {@code length} bytes; -1 at the end of the file. */
  public static int read(Fd file, byte[] bytes, int offset, int length) throws IOException {
    return read(file, MemorySegment.ofArray(bytes).asSlice(offset, length));
  }

  /** Reads up to what remains of the buffer and advances it; -1 at the end of the file. */
  public static int read(Fd file, ByteBuffer buffer) throws IOException {
    int count = read(file, MemorySegment.ofBuffer(buffer));
    if (count > 0) {
      buffer.position(buffer.position() + count);
    }
    return count;
  }

  /** Reads up to the size of the memory; -1 at the end of the file. */
  public static int read(Fd file, MemorySegment memory) throws IOException {
    return readAt(file, memory, AT_OFFSET);
  }

  /** Reads from a place in the file without moving its offset; -1 at or after the end. */
  public static int pread(Fd file, byte[] bytes, int offset, int length, long position)
      throws IOException {
    return pread(file, MemorySegment.ofArray(bytes).asSlice(offset, length), position);
  }

  /** Reads from a place in the file without moving its offset; -1 at or after the end. */
  public static int pread(Fd file, MemorySegment memory, long position) throws IOException {
    if (position < 0) {
      throw new IllegalArgumentException("negative position " + position);
    }
    return readAt(file, memory, position);
  }

  private static int readAt(Fd file, MemorySegment memory, long position) throws IOException {
    if (memory.byteSize() == 0) {
      return 0;
    }
    var scratch = Scratch.get();
    if (memory.isNative()) {
      try {
        return count(readInto(scratch, file, memory, memory.byteSize(), position), file);
      } finally {
        Reference.reachabilityFence(memory);
      }
    }
    var transfer = scratch.transfer();
    long wanted = Math.min(memory.byteSize(), Scratch.TRANSFER_SIZE);
    int count = count(readInto(scratch, file, transfer, wanted, position), file);
    if (count > 0) {
      MemorySegment.copy(transfer, 0, memory, 0, count);
    }
    return count;
  }

  private static long readInto(
      Scratch scratch, Fd file, MemorySegment memory, long size, long position) {
    long capped = Math.min(size, COPY_STEP);
    return position == AT_OFFSET
        ? Syscall.call(scratch, CallNumber.READ, file.number(), memory.address(), capped)
        : Syscall.call(
            scratch, CallNumber.PREAD64, file.number(), memory.address(), capped, position);
  }

  private static int count(long result, Fd file) throws PosixException {
    long count = Syscall.check(result, "read", file);
    return count == 0 ? -1 : (int) count;
  }

  /**
   * Reads from the current offset to the end of the file.
   *
   * @param maxBytes more than this is refused, so that a wrong file cannot fill the memory
   */
  public static byte[] readAll(Fd file, long maxBytes) throws IOException {
    int limit = (int) Math.min(maxBytes, Integer.MAX_VALUE - 16);
    long size = Fs.fstat(file).size();
    if (size > limit) {
      throw tooLarge(file, limit);
    }
    // One byte more than expected, so that the end shows without growing.
    var bytes = new byte[Math.min(Math.max((int) size, 512), limit) + 1];
    int end = 0;
    while (true) {
      int count = read(file, bytes, end, bytes.length - end);
      if (count < 0) {
        return Arrays.copyOf(bytes, end);
      }
      end += count;
      if (end > limit) {
        throw tooLarge(file, limit);
      }
      if (end == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(2L * end, limit + 1L));
      }
    }
  }

  private static IOException tooLarge(Fd file, long maxBytes) {
    return new IOException(file.describe() + " is larger than " + maxBytes + " bytes");
  }

  // ---- writing

  /** Writes all of these bytes. */
  public static void writeFully(Fd file, byte[] bytes) throws IOException {
    writeFully(file, bytes, 0, bytes.length);
  }

  /** Writes {@code length} bytes from {@code offset}. */
  public static void writeFully(Fd file, byte[] bytes, int offset, int length) throws IOException {
    writeFully(file, MemorySegment.ofArray(bytes).asSlice(offset, length));
  }

  /** Writes all that remains of the buffer and advances it to its limit. */
  public static void writeFully(Fd file, ByteBuffer buffer) throws IOException {
    writeFully(file, MemorySegment.ofBuffer(buffer));
    buffer.position(buffer.limit());
  }

  /** Writes all of this memory. */
  public static void writeFully(Fd file, MemorySegment memory) throws IOException {
    try {
      if (memory.isNative()) {
        writeNative(file, memory.address(), memory.byteSize());
      } else {
        writeHeap(file, memory);
      }
    } finally {
      Reference.reachabilityFence(memory);
    }
  }

  private static void writeNative(Fd file, long address, long size) throws PosixException {
    var scratch = Scratch.get();
    long done = 0;
    while (done < size) {
      done += write(scratch, file, address + done, Math.min(size - done, COPY_STEP));
    }
  }

  private static void writeHeap(Fd file, MemorySegment memory) throws PosixException {
    var scratch = Scratch.get();
    var transfer = scratch.transfer();
    long size = memory.byteSize();
    long done = 0;
    while (done < size) {
      long step = Math.min(size - done, Scratch.TRANSFER_SIZE);
      MemorySegment.copy(memory, done, transfer, 0, step);
      done += write(scratch, file, transfer.address(), step);
    }
  }

  private static long write(Scratch scratch, Fd file, long address, long size)
      throws PosixException {
    return Syscall.check(
        Syscall.call(scratch, CallNumber.WRITE, file.number(), address, size), "write", file);
  }

  // ---- streams

  /** A stream over a descriptor that stays the caller's: closing the stream does nothing. */
  public static InputStream inputStream(Fd file) {
    return new FdInputStream(file, false);
  }

  /** A stream that closes the descriptor. */
  public static InputStream owningInputStream(Fd file) {
    return new FdInputStream(file, true);
  }

  /** A stream over a descriptor that stays the caller's: closing the stream does nothing. */
  public static OutputStream outputStream(Fd file) {
    return new FdOutputStream(file, false);
  }

  /** A stream that closes the descriptor. */
  public static OutputStream owningOutputStream(Fd file) {
    return new FdOutputStream(file, true);
  }

  // ---- copying

  /**
   * Makes one file share the blocks of another.
   *
   * @return false where the file systems cannot; nothing has changed then
   */
  public static boolean tryClone(Fd source, Fd destination) throws IOException {
    long result =
        Syscall.call(
            Scratch.get(), CallNumber.IOCTL, destination.number(), FICLONE, source.number());
    if (Syscall.is(result, Errno.EOPNOTSUPP)
        || Syscall.is(result, Errno.ENOTTY)
        || Syscall.is(result, Errno.EXDEV)
        || Syscall.is(result, Errno.EINVAL)
        || Syscall.is(result, Errno.ENOSYS)) {
      return false;
    }
    Syscall.check(result, "FICLONE", destination);
    return true;
  }

  /**
   * Copies from one current offset to the other inside the kernel, or by reading and writing where
   * the file systems cannot.
   *
   * @return bytes copied; fewer than {@code length} only at the end of the source
   */
  public static long copyFileRange(Fd source, Fd destination, long length) throws IOException {
    var scratch = Scratch.get();
    long done = 0;
    while (done < length) {
      long result =
          Syscall.call(
              scratch,
              CallNumber.COPY_FILE_RANGE,
              source.number(),
              0,
              destination.number(),
              0,
              Math.min(length - done, COPY_STEP),
              0);
      // A first zero may be the end, or a kernel-made file such as those of /proc: reading tells.
      boolean refused =
          (result == 0 && done == 0)
              || Syscall.is(result, Errno.EXDEV)
              || Syscall.is(result, Errno.ENOSYS)
              || Syscall.is(result, Errno.EINVAL)
              || Syscall.is(result, Errno.EOPNOTSUPP);
      if (refused) {
        return done + copyThroughMemory(source, destination, length - done);
      }
      if (Syscall.check(result, "copy_file_range", destination) == 0) {
        return done;
      }
      done += result;
    }
    return done;
  }

  private static long copyThroughMemory(Fd source, Fd destination, long length) throws IOException {
    var transfer = Scratch.get().transfer();
    long done = 0;
    while (done < length) {
      int count = read(source, transfer.asSlice(0, Math.min(length - done, Scratch.TRANSFER_SIZE)));
      if (count < 0) {
        return done;
      }
      writeFully(destination, transfer.asSlice(0, count));
      done += count;
    }
    return done;
  }

  // ---- durability and size

  /** Forces content and metadata of a file to the disk. */
  public static void fsync(Fd file) throws IOException {
    Syscall.check(Syscall.call(Scratch.get(), CallNumber.FSYNC, file.number()), "fsync", file);
  }

  /** Forces content, and the metadata needed to read it, to the disk. */
  public static void fdatasync(Fd file) throws IOException {
    Syscall.check(
        Syscall.call(Scratch.get(), CallNumber.FDATASYNC, file.number()), "fdatasync", file);
  }

  /** Forces everything of the file system that an open file is on to the disk. */
  public static void syncfs(Fd file) throws IOException {
    Syscall.check(Syscall.call(Scratch.get(), CallNumber.SYNCFS, file.number()), "syncfs", file);
  }

  /** Cuts or extends (with zeros) to this many bytes. */
  public static void truncate(Fd file, long size) throws IOException {
    Syscall.check(
        Syscall.call(Scratch.get(), CallNumber.FTRUNCATE, file.number(), size), "ftruncate", file);
  }

  /** Moves the offset; returns the new one, in bytes from the beginning. */
  public static long lseek(Fd file, long offset, int whence) throws IOException {
    return Syscall.check(
        Syscall.call(Scratch.get(), CallNumber.LSEEK, file.number(), offset, whence),
        "lseek",
        file);
  }

  /** Tells the kernel how the content will be used; {@code length} 0 means to the end. */
  public static void fadvise(Fd file, long offset, long length, int advice) throws IOException {
    Syscall.check(
        Syscall.call(Scratch.get(), CallNumber.FADVISE64, file.number(), offset, length, advice),
        "fadvise64",
        file);
  }

  /**
   * Reserves disk space for the first {@code size} bytes, extending the file.
   *
   * @return false where the file system cannot
   */
  public static boolean fallocate(Fd file, long size) throws IOException {
    long result = Syscall.call(Scratch.get(), CallNumber.FALLOCATE, file.number(), 0, 0, size);
    if (Syscall.is(result, Errno.EOPNOTSUPP)) {
      return false;
    }
    Syscall.check(result, "fallocate", file);
    return true;
  }
}
