package dev.coppice.posix;

import java.io.IOException;

/** A system call that failed: which call, on what, and the kernel's error number. */
public final class PosixException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Errno errno;
  private final int number;
  private final String call;
  private final String path;

  /**
   * @param number the positive error number
   * @param call the name of the system call
   * @param path what the call was about, as the caller named it; empty when there is nothing to
   *     name
   */
  public PosixException(int number, String call, String path) {
    super(message(number, call, path));
    this.errno = Errno.of(number);
    this.number = number;
    this.call = call;
    this.path = path;
  }

  /** The error as a constant; {@link Errno#UNKNOWN} for a number that has none. */
  public Errno errno() {
    return errno;
  }

  /** The kernel's positive error number. */
  public int number() {
    return number;
  }

  /** The name of the system call. */
  public String call() {
    return call;
  }

  /** The file as named in the call, or the place its descriptor points at; may be empty. */
  public String path() {
    return path;
  }

  private static String message(int number, String call, String path) {
    var errno = Errno.of(number);
    String text = errno == Errno.UNKNOWN ? errno.text() + " " + number : errno.text();
    return call + "(" + path + "): " + text;
  }
}
