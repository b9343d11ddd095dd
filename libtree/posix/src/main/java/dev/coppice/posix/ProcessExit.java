package dev.coppice.posix;

/** The end of this process. */
public final class ProcessExit {
  private static volatile boolean callsLinked;

  private ProcessExit() {}

  /** Called when system calls can be made, from when on one costs nothing. */
  static void callsAreLinked() {
    callsLinked = true;
  }

  /**
   * Ends the process at once, without shutdown hooks.
   *
   * <p>The JVM's own way, {@link Runtime#halt}, waits up to 300 ms for threads that are inside of
   * system calls; the one that polls the sockets of virtual threads always is. Source: {@code
   * VM_Exit::wait_for_threads_in_native_to_block} in HotSpot's {@code vmOperations.cpp}. So it
   * serves only commands that have made no system calls of their own, which pull nothing.
   */
  public static void now(int code) {
    if (callsLinked) {
      Syscall.call(Scratch.get(), CallNumber.EXIT_GROUP, code);
    }
    Runtime.getRuntime().halt(code);
  }
}
