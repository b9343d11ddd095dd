package dev.coppice.posix;

import java.io.IOException;

/** A stream that liblzma cannot decode. */
public final class LzmaException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int MEMLIMIT_ERROR = 6;

  private final int code;

  LzmaException(int code) {
    super(reason(code));
    this.code = code;
  }

  private static String reason(int code) {
    return switch (code) {
      case 5 -> "liblzma has no memory left";
      case MEMLIMIT_ERROR -> "it needs more memory than it may";
      case 7 -> "it is not in the .xz format";
      case 8 -> "it uses a filter or option that this liblzma does not know";
      case 9 -> "its data is corrupt";
      case 10 -> "it is cut off";
      default -> "liblzma fails with " + code;
    };
  }

  /** Whether it needs more memory than it was allowed. */
  public boolean needsMemory() {
    return code == MEMLIMIT_ERROR;
  }
}
