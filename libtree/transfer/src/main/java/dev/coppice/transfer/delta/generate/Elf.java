package dev.coppice.transfer.delta.generate;

/** What the first bytes of a file say of executables. Source: the ELF specification. */
final class Elf {
  /** Bytes that are enough to tell. */
  static final int HEAD = 20;

  private static final int I386 = 3;
  private static final int X86_64 = 62;
  private static final int AARCH64 = 183;
  private static final int DATA = 5;
  private static final int MACHINE = 18;
  private static final int BIG_ENDIAN = 2;

  private Elf() {}

  /** Machines that there is a filter for. */
  enum Machine {
    /** Intel's and AMD's, 32 and 64 bits. */
    X86,
    /** ARM with 64 bits. */
    ARM64,
    /** Any other, or no executable at all. */
    OTHER
  }

  /** Whether it is an ELF file. */
  static boolean is(byte[] head) {
    return head.length >= HEAD
        && head[0] == 0x7f
        && head[1] == 'E'
        && head[2] == 'L'
        && head[3] == 'F';
  }

  /** The machine that it is for. */
  static Machine machine(byte[] head) {
    if (!is(head) || head[DATA] == BIG_ENDIAN) {
      return Machine.OTHER;
    }
    return switch ((head[MACHINE] & 0xff) | ((head[MACHINE + 1] & 0xff) << 8)) {
      case I386, X86_64 -> Machine.X86;
      case AARCH64 -> Machine.ARM64;
      default -> Machine.OTHER;
    };
  }
}
