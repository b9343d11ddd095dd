package dev.coppice.posix;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

/** The size of a terminal's window, from the TIOCGWINSZ request (ioctl_tty(2)). */
public final class TerminalSize {
  private static final long TIOCGWINSZ = 0x5413;

  /** {@code struct winsize}: rows, then columns, as 16-bit numbers. */
  private static final long COLUMNS_OFFSET = 2;

  private TerminalSize() {}

  /**
   * Columns of the terminal behind a descriptor of this process.
   *
   * @return 0 when it is no terminal or does not know its size
   */
  public static int columns(int descriptor) {
    var scratch = Scratch.get();
    long result =
        Syscall.call(scratch, CallNumber.IOCTL, descriptor, TIOCGWINSZ, scratch.struct.address());
    return result < 0 ? 0 : Short.toUnsignedInt(scratch.struct.get(JAVA_SHORT, COLUMNS_OFFSET));
  }
}
