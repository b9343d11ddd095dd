package dev.coppice.posix;

import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The one way into the kernel: the C library's {@code syscall(2)}.
 *
 * <p>Every call goes through a single method handle of the shape of {@link NativeFunction}, seven
 * machine words, which keeps the start of a command cheap; and the kernel's structures, unlike
 * those of the C library, are the same on both architectures. Pointers travel as addresses: whoever
 * passes one keeps its memory reachable until the call has returned.
 *
 * <p>Results follow the kernel's own convention: a negative value is the negated error number.
 */
final class Syscall {
  private static final long INTERRUPTED = -4; // EINTR

  private static final MethodHandle HANDLE =
      NativeFunction.link(Linker.nativeLinker().defaultLookup(), "syscall");

  static {
    ProcessExit.callsAreLinked();
  }

  private Syscall() {}

  /** A call without arguments. */
  static long call(Scratch scratch, int number) {
    return call(scratch, number, 0, 0, 0, 0, 0);
  }

  static long call(Scratch scratch, int number, long a) {
    return call(scratch, number, a, 0, 0, 0, 0);
  }

  static long call(Scratch scratch, int number, long a, long b) {
    return call(scratch, number, a, b, 0, 0, 0);
  }

  static long call(Scratch scratch, int number, long a, long b, long c) {
    return call(scratch, number, a, b, c, 0, 0);
  }

  static long call(Scratch scratch, int number, long a, long b, long c, long d) {
    return call(scratch, number, a, b, c, d, 0);
  }

  /** A call with five arguments, repeated for as long as a signal interrupts it. */
  static long call(Scratch scratch, int number, long a, long b, long c, long d, long e) {
    return call(scratch, number, a, b, c, d, e, 0);
  }

  /** A call with six arguments, repeated for as long as a signal interrupts it. */
  static long call(Scratch scratch, int number, long a, long b, long c, long d, long e, long f) {
    while (true) {
      long result = once(scratch, number, a, b, c, d, e, f);
      if (result != INTERRUPTED) {
        return result;
      }
    }
  }

  /** A call that must not be repeated: after an interrupted close the descriptor is gone. */
  static long close(Scratch scratch, int fd) {
    return once(scratch, CallNumber.CLOSE, fd, 0, 0, 0, 0, 0);
  }

  private static long once(
      Scratch scratch, int number, long a, long b, long c, long d, long e, long f) {
    MemorySegment captured = scratch.captured;
    long result;
    try {
      result = (long) HANDLE.invokeExact(captured, (long) number, a, b, c, d, e, f);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new AssertionError("a downcall has no checked exceptions", impossible);
    }
    return result == -1 ? -scratch.errno() : result;
  }

  /** Passes a result on, or throws what a negative one says. */
  static long check(long result, String call, String path) throws PosixException {
    if (result < 0) {
      throw new PosixException((int) -result, call, path);
    }
    return result;
  }

  /** Passes a result on, or throws with the place the descriptor points at. */
  static long check(long result, String call, Fd fd) throws PosixException {
    if (result < 0) {
      throw new PosixException((int) -result, call, fd.describe());
    }
    return result;
  }

  /** Whether a result is this error. */
  static boolean is(long result, Errno errno) {
    return result == -errno.number();
  }
}
