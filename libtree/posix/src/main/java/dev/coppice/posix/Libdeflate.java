package dev.coppice.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The optional accelerator for raw deflate: the library libdeflate, when the system has it.
 *
 * <p>It works on whole buffers in native memory, about three times as fast as zlib. The loaded
 * library may be shared; a {@link Compressor} or {@link Decompressor} belongs to one thread at a
 * time and is closed by whoever made it.
 */
public final class Libdeflate {
  private static final String LIBRARY = "libdeflate.so.0";

  /** Levels of compression: 0 stores, 1 is fastest, 12 is smallest. */
  public static final int MAX_LEVEL = 12;

  private static final int LIBDEFLATE_SUCCESS = 0;

  private final MethodHandle allocCompressor;
  private final MethodHandle compress;
  private final MethodHandle compressBound;
  private final MethodHandle freeCompressor;
  private final MethodHandle allocDecompressor;
  private final MethodHandle decompress;
  private final MethodHandle freeDecompressor;

  private Libdeflate(SymbolLookup library) {
    var word = JAVA_LONG;
    allocCompressor = link(library, "alloc_compressor", FunctionDescriptor.of(word, JAVA_INT));
    allocDecompressor = link(library, "alloc_decompressor", FunctionDescriptor.of(word));
    compress =
        link(
            library,
            "deflate_compress",
            FunctionDescriptor.of(word, word, ADDRESS, word, ADDRESS, word));
    compressBound =
        link(library, "deflate_compress_bound", FunctionDescriptor.of(word, word, word));
    decompress =
        link(
            library,
            "deflate_decompress_ex",
            FunctionDescriptor.of(JAVA_INT, word, ADDRESS, word, ADDRESS, word, ADDRESS, word));
    freeCompressor = link(library, "free_compressor", FunctionDescriptor.ofVoid(word));
    freeDecompressor = link(library, "free_decompressor", FunctionDescriptor.ofVoid(word));
  }

  private static MethodHandle link(SymbolLookup library, String name, FunctionDescriptor shape) {
    return Linker.nativeLinker().downcallHandle(library.findOrThrow("libdeflate_" + name), shape);
  }

  /** The library, or empty when the system does not have it. */
  public static Optional<Libdeflate> load() {
    return Loaded.LIBRARY;
  }

  /** Loaded once, when first asked for. */
  private static final class Loaded {
    static final Optional<Libdeflate> LIBRARY = open();

    private static Optional<Libdeflate> open() {
      SymbolLookup library;
      try {
        library = SymbolLookup.libraryLookup(Libdeflate.LIBRARY, Arena.global());
      } catch (IllegalArgumentException missing) {
        return Optional.empty();
      }
      return Optional.of(new Libdeflate(library));
    }
  }

  /** A compressor of one level, 0..{@link #MAX_LEVEL}. */
  public Compressor compressor(int level) {
    try {
      return new Compressor(
          this, owned((long) allocCompressor.invokeExact(level), "level " + level));
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  /** A decompressor. */
  public Decompressor decompressor() {
    try {
      return new Decompressor(
          this, owned((long) allocDecompressor.invokeExact(), "a decompressor"));
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  private static long owned(long handle, String what) {
    if (handle == 0) {
      throw new IllegalArgumentException("libdeflate does not offer " + what);
    }
    return handle;
  }

  private static RuntimeException unexpected(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException("a downcall has no checked exceptions", failure);
  }

  /** Compresses whole buffers. */
  public static final class Compressor implements AutoCloseable {
    private final Libdeflate library;
    private long handle;

    private Compressor(Libdeflate library, long handle) {
      this.library = library;
      this.handle = handle;
    }

    /**
     * Compresses all of {@code in} as one raw deflate stream into {@code out}, both native memory.
     *
     * @return bytes written, or -1 when {@code out} is too small; it never is with {@link #bound}
     */
    public int compress(MemorySegment in, MemorySegment out) {
      try {
        long size =
            (long)
                library.compress.invokeExact(
                    checkOpen(handle), in, in.byteSize(), out, out.byteSize());
        return size == 0 ? -1 : Math.toIntExact(size);
      } catch (Throwable failure) {
        throw unexpected(failure);
      }
    }

    /** The largest size {@code size} bytes can have when compressed. */
    public long bound(long size) {
      try {
        return (long) library.compressBound.invokeExact(checkOpen(handle), size);
      } catch (Throwable failure) {
        throw unexpected(failure);
      }
    }

    @Override
    public void close() {
      long closing = handle;
      handle = 0;
      free(library.freeCompressor, closing);
    }
  }

  /** Decompresses whole buffers. */
  public static final class Decompressor implements AutoCloseable {
    private final Libdeflate library;
    private final MemorySegment consumed = Arena.ofAuto().allocate(JAVA_LONG);
    private long handle;

    private Decompressor(Libdeflate library, long handle) {
      this.library = library;
      this.handle = handle;
    }

    /**
     * Decompresses one raw deflate stream that fills {@code out} exactly; both are native memory.
     *
     * @return whether {@code in} is one valid stream, and nothing else, and had exactly the size of
     *     {@code out}
     */
    public boolean decompress(MemorySegment in, MemorySegment out) {
      int result;
      try {
        result =
            (int)
                library.decompress.invokeExact(
                    checkOpen(handle), in, in.byteSize(), out, out.byteSize(), consumed, 0L);
      } catch (Throwable failure) {
        throw unexpected(failure);
      }
      return result == LIBDEFLATE_SUCCESS && consumed.get(JAVA_LONG, 0) == in.byteSize();
    }

    @Override
    public void close() {
      long closing = handle;
      handle = 0;
      free(library.freeDecompressor, closing);
    }
  }

  private static void free(MethodHandle function, long handle) {
    if (handle == 0) {
      return;
    }
    try {
      function.invokeExact(handle);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  private static long checkOpen(long handle) {
    if (handle == 0) {
      throw new IllegalStateException("closed");
    }
    return handle;
  }
}
