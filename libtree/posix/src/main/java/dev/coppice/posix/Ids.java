package dev.coppice.posix;

/** Who this process is. */
public final class Ids {
  private Ids() {}

  /** Effective user id, unsigned 32 bits. */
  public static int geteuid() {
    return (int) Syscall.call(Scratch.get(), CallNumber.GETEUID);
  }

  /** Effective group id, unsigned 32 bits. */
  public static int getegid() {
    return (int) Syscall.call(Scratch.get(), CallNumber.GETEGID);
  }

  /** Process id. */
  public static int getpid() {
    return (int) Syscall.call(Scratch.get(), CallNumber.GETPID);
  }

  /** Sets the umask of the whole process, all threads, and returns the former. */
  public static int umask(int mask) {
    return (int) Syscall.call(Scratch.get(), CallNumber.UMASK, mask);
  }
}
