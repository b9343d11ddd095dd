package dev.coppice.posix;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * A function of a C library, called with machine words.
 *
 * <p>All functions have the one shape of {@code syscall(2)}: seven words in, one word out, the
 * error number captured. A shape of its own for each would cost the linker milliseconds of class
 * spinning at the start of a command; words beyond those that a function takes are registers or
 * stack that it does not look at, by the calling conventions of x86_64 and aarch64. Pointers travel
 * as addresses: whoever passes one keeps its memory reachable until the call has returned.
 * Functions that take or return floating-point numbers cannot be called.
 */
final class NativeFunction {
  private static final Linker LINKER = Linker.nativeLinker();

  private static final int WORDS = 7;

  private final MethodHandle handle;

  private NativeFunction(MethodHandle handle) {
    this.handle = handle;
  }

  /** A library's function of this name. */
  static NativeFunction of(SymbolLookup library, String name) {
    return new NativeFunction(link(library, name));
  }

  /** The handle behind: takes the memory for the error number, then the words. */
  static MethodHandle link(SymbolLookup library, String name) {
    var word = JAVA_LONG;
    return LINKER.downcallHandle(
        library.findOrThrow(name),
        FunctionDescriptor.of(word, word, word, word, word, word, word, word),
        Linker.Option.firstVariadicArg(1),
        Linker.Option.captureCallState("errno"));
  }

  /**
   * Calls it.
   *
   * @param words at most seven; numbers that are narrower are widened with their sign
   * @return what it returns; of a narrower number only the lower bits count
   */
  long call(long... words) {
    long[] all = words.length == WORDS ? words : Arrays.copyOf(words, WORDS);
    MemorySegment captured = Scratch.get().captured;
    try {
      return (long)
          handle.invokeExact(captured, all[0], all[1], all[2], all[3], all[4], all[5], all[6]);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new AssertionError("a downcall has no checked exceptions", impossible);
    }
  }
}
