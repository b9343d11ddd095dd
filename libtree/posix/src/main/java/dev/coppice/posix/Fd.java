package dev.coppice.posix;

import java.io.IOException;

/**
 * The owner of a file descriptor.
 *
 * <p>Closing twice does nothing; using a closed one throws {@link IllegalStateException} instead of
 * reaching whatever file got the number since. Closing while another thread is inside a call on the
 * same descriptor is the caller's error. Every descriptor of this room is close-on-exec.
 */
public final class Fd implements AutoCloseable {
  /** The working directory as a directory descriptor; closing it does nothing. */
  public static final Fd CWD = new Fd(-100);

  private static final int WORKING_DIRECTORY = -100;
  private static final int CLOSED = -1;
  private static final int F_DUPFD_CLOEXEC = 1030;

  private volatile int number;

  private Fd(int number) {
    this.number = number;
  }

  /** Takes over a descriptor that nobody else will close. */
  public static Fd adopt(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("not a descriptor: " + number);
    }
    return new Fd(number);
  }

  /** The descriptor's number. */
  public int number() {
    int current = number;
    if (current == CLOSED) {
      throw new IllegalStateException("the descriptor is closed");
    }
    return current;
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return number == CLOSED;
  }

  /** A second descriptor of the same open file: offset and OFD locks are shared. */
  public Fd dup() throws IOException {
    long result = Syscall.call(Scratch.get(), CallNumber.FCNTL, number(), F_DUPFD_CLOEXEC, 0);
    return adopt((int) Syscall.check(result, "fcntl", this));
  }

  /** The path through which the kernel reaches the open file, {@code /proc/self/fd/N}. */
  public String procPath() {
    return isWorkingDirectory() ? "." : "/proc/self/fd/" + number();
  }

  /**
   * Closes the descriptor.
   *
   * @throws IOException when the kernel reports that earlier writes were lost; the descriptor is
   *     closed all the same
   */
  @Override
  public void close() throws IOException {
    int closing;
    synchronized (this) {
      closing = number;
      if (closing < 0) {
        return;
      }
      number = CLOSED;
    }
    long result = Syscall.close(Scratch.get(), closing);
    if (result < 0 && !Syscall.is(result, Errno.EINTR)) {
      throw new PosixException((int) -result, "close", "fd " + closing);
    }
  }

  boolean isWorkingDirectory() {
    return number == WORKING_DIRECTORY;
  }

  /** The path of the open file for messages; the bare number when the kernel does not tell. */
  String describe() {
    if (isWorkingDirectory()) {
      return ".";
    }
    var scratch = Scratch.get();
    try {
      return Fs.readlink(scratch, CWD, procPath());
    } catch (IOException noProc) {
      return "fd " + number;
    }
  }

  @Override
  public String toString() {
    int current = number;
    return current == CLOSED ? "Fd[closed]" : "Fd[" + current + "]";
  }
}
