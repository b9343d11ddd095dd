package dev.coppice.sysroot.etcmerge;

/**
 * One difference between the defaults and {@code /etc}.
 *
 * @param kind what happened to it
 * @param path the name relative to {@code /etc}, see {@link dev.coppice.posix.PosixNames}
 */
public record EtcChange(Kind kind, String path) {
  /** What happened. */
  public enum Kind {
    /** Content, owner, mode or type differ. */
    MODIFIED('M'),
    /** Only the defaults have it; what is below a removed directory is not listed. */
    REMOVED('D'),
    /** Only {@code /etc} has it; what is below an added directory is listed too. */
    ADDED('A');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    /** The letter that stands for it in listings. */
    public char letter() {
      return letter;
    }
  }

  /** The name within its directory. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
