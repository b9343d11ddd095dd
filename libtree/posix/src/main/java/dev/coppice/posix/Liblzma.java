package dev.coppice.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
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

  private final MethodHandle streamDecoder;
  private final MethodHandle code;
  private final MethodHandle end;

  private Liblzma(SymbolLookup library) {
    streamDecoder =
        link(
            library,
            "lzma_stream_decoder",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    code = link(library, "lzma_code", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    end = link(library, "lzma_end", FunctionDescriptor.ofVoid(ADDRESS));
  }

  private static MethodHandle link(SymbolLookup library, String name, FunctionDescriptor shape) {
    return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), shape);
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
    try {
      return (int) streamDecoder.invokeExact(stream, memoryLimit, flags);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  int code(MemorySegment stream, int action) {
    try {
      return (int) code.invokeExact(stream, action);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  void end(MemorySegment stream) {
    try {
      end.invokeExact(stream);
    } catch (Throwable failure) {
      throw unexpected(failure);
    }
  }

  private static RuntimeException unexpected(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException("a downcall has no checked exceptions", failure);
  }
}
