package dev.coppice.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;

/**
 * The optional accelerator for decoding {@code .xz}: the library liblzma, when the system has it.
 *
 * <p>It takes 0.6 of the time that the library in Java takes, and its dictionaries lie outside of
 * the heap. The loaded library may be shared; a stream belongs to one thread.
 */
public final class Liblzma {
  /** Bytes of an {@code lzma_stream}; it begins with the six words that are used here. */
  static final int STREAM = 136;

  private static final String LIBRARY = "liblzma.so.5";

  private final NativeFunction streamDecoder;
  private final NativeFunction code;
  private final NativeFunction end;

  private Liblzma(SymbolLookup library) {
    streamDecoder = NativeFunction.of(library, "lzma_stream_decoder");
    code = NativeFunction.of(library, "lzma_code");
    end = NativeFunction.of(library, "lzma_end");
  }

  /** The library, or empty when the system does not have it. */
  public static Optional<Liblzma> load() {
    return Loaded.LIBRARY;
  }

  /** Loaded once, when first asked for. */
  private static final class Loaded {
    static final Optional<Liblzma> LIBRARY = open();

    private static Optional<Liblzma> open() {
      // The layout of its stream is that of machines with words of 64 bits.
      if (ADDRESS.byteSize() != Long.BYTES) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new Liblzma(SymbolLookup.libraryLookup(Liblzma.LIBRARY, Arena.global())));
      } catch (IllegalArgumentException missing) {
        return Optional.empty();
      }
    }
  }

  /**
   * Decodes one {@code .xz} stream; what follows it may have been read, but is not decoded. Its
   * checksums are not verified, only its form.
   *
   * @param in the stream, which stays the caller's
   * @param memoryLimit bytes that its dictionaries may take
   * @return the content; reading it fails with {@link LzmaException} when the stream is damaged
   */
  public InputStream decode(InputStream in, long memoryLimit) {
    return new LzmaInputStream(this, in, memoryLimit);
  }

  int streamDecoder(MemorySegment stream, long memoryLimit, int flags) {
    return (int) streamDecoder.call(stream.address(), memoryLimit, flags);
  }

  int code(MemorySegment stream, int action) {
    return (int) code.call(stream.address(), action);
  }

  void end(MemorySegment stream) {
    end.call(stream.address());
  }
}
