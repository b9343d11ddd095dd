package dev.coppice.posix;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.ref.Reference;
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

  private final NativeFunction allocCompressor;
  private final NativeFunction compress;
  private final NativeFunction compressBound;
  private final NativeFunction freeCompressor;
  private final NativeFunction allocDecompressor;
  private final NativeFunction decompress;
  private final NativeFunction freeDecompressor;

  private Libdeflate(SymbolLookup library) {
    allocCompressor = link(library, "alloc_compressor");
    allocDecompressor = link(library, "alloc_decompressor");
    compress = link(library, "deflate_compress");
    compressBound = link(library, "deflate_compress_bound");
    decompress = link(library, "deflate_decompress_ex");
    freeCompressor = link(library, "free_compressor");
    freeDecompressor = link(library, "free_decompressor");
  }

  private static NativeFunction link(SymbolLookup library, String name) {
    return NativeFunction.of(library, "libdeflate_" + name);
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
    return new Compressor(this, owned(allocCompressor.call(level), "level " + level));
  }

  /** A decompressor. */
  public Decompressor decompressor() {
    return new Decompressor(this, owned(allocDecompressor.call(), "a decompressor"));
  }

  private static long owned(long handle, String what) {
    if (handle == 0) {
      throw new IllegalArgumentException("libdeflate does not offer " + what);
    }
    return handle;
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
            library.compress.call(
                checkOpen(handle), address(in), in.byteSize(), address(out), out.byteSize());
        return size == 0 ? -1 : Math.toIntExact(size);
      } finally {
        Reference.reachabilityFence(in);
        Reference.reachabilityFence(out);
      }
    }

    /** The largest size {@code size} bytes can have when compressed. */
    public long bound(long size) {
      return library.compressBound.call(checkOpen(handle), size);
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
      try {
        int result =
            (int)
                library.decompress.call(
                    checkOpen(handle),
                    address(in),
                    in.byteSize(),
                    address(out),
                    out.byteSize(),
                    consumed.address(),
                    0);
        return result == LIBDEFLATE_SUCCESS && consumed.get(JAVA_LONG, 0) == in.byteSize();
      } finally {
        Reference.reachabilityFence(in);
        Reference.reachabilityFence(out);
      }
    }

    @Override
    public void close() {
      long closing = handle;
      handle = 0;
      free(library.freeDecompressor, closing);
    }
  }

  private static void free(NativeFunction function, long handle) {
    if (handle != 0) {
      function.call(handle);
    }
  }

  private static long address(MemorySegment memory) {
    if (!memory.isNative()) {
      throw new IllegalArgumentException("memory on the heap");
    }
    return memory.address();
  }

  private static long checkOpen(long handle) {
    if (handle == 0) {
      throw new IllegalStateException("closed");
    }
    return handle;
  }
}
