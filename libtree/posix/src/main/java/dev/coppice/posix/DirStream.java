package dev.coppice.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a directory's names with {@code getdents64}, in the kernel's order, without "." and "..".
 *
 * <p>Works on a description of its own, so the caller's descriptor keeps its offset. One thread at
 * a time.
 */
public final class DirStream implements AutoCloseable {
  private static final int BUFFER_SIZE = 64 * 1024;

  // struct linux_dirent64: u64 inode, s64 offset, u16 record length, u8 type, name, NUL.
  private static final int LENGTH_AT = 16;
  private static final int TYPE_AT = 18;
  private static final int NAME_AT = 19;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final Fd dir;
  private byte[] buffer = new byte[0];
  private int position;
  private int limit;

  private DirStream(Fd dir) {
    this.dir = dir;
  }

  /** Starts reading an open directory from its beginning. */
  public static DirStream open(Fd dir) throws IOException {
    return new DirStream(Fs.openDir(dir, "."));
  }

  /** Starts reading a directory by name; a symbolic link is refused. */
  public static DirStream open(Fd dir, String path) throws IOException {
    return new DirStream(Fs.openDir(dir, path));
  }

  /** All names of an open directory. */
  public static List<DirEntry> list(Fd dir) throws IOException {
    try (var stream = open(dir)) {
      var entries = new ArrayList<DirEntry>();
      for (var entry = stream.next(); entry != null; entry = stream.next()) {
        entries.add(entry);
      }
      return entries;
    }
  }

  /** The next name, or null after the last. */
  public @Nullable DirEntry next() throws IOException {
    while (true) {
      if (position >= limit && !fill()) {
        return null;
      }
      int start = position;
      int length =
          (buffer[start + LENGTH_AT] & 0xFF) | ((buffer[start + LENGTH_AT + 1] & 0xFF) << 8);
      position = start + length;
      int name = start + NAME_AT;
      if (!isDotOrDotDot(name)) {
        int end = name;
        while (buffer[end] != 0) {
          end++;
        }
        return new DirEntry(
            PosixNames.decode(buffer, name, end - name),
            buffer[start + TYPE_AT],
            (long) LONG.get(buffer, start));
      }
    }
  }

  private boolean isDotOrDotDot(int name) {
    return buffer[name] == '.'
        && (buffer[name + 1] == 0 || (buffer[name + 1] == '.' && buffer[name + 2] == 0));
  }

  private boolean fill() throws IOException {
    var scratch = Scratch.get();
    MemorySegment memory = scratch.transfer();
    long result =
        Syscall.call(scratch, CallNumber.GETDENTS64, dir.number(), memory.address(), BUFFER_SIZE);
    if (Syscall.is(result, Errno.ENOENT)) {
      return false; // the directory was removed while being read
    }
    limit = (int) Syscall.check(result, "getdents64", dir);
    position = 0;
    if (buffer.length < limit) {
      buffer = new byte[limit];
    }
    MemorySegment.copy(memory, JAVA_BYTE, 0, buffer, 0, limit);
    return limit > 0;
  }

  @Override
  public void close() throws IOException {
    dir.close();
  }
}
