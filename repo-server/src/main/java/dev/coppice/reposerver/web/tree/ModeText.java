package dev.coppice.reposerver.web.tree;

import dev.coppice.core.object.FileMode;

/** Modes as {@code ls -l} and {@code chmod} write them. */
public final class ModeText {
  private static final int SETUID = 04000;
  private static final int SETGID = 02000;
  private static final int STICKY = 01000;

  private ModeText() {}

  /** For example {@code drwxr-xr-x}. */
  public static String letters(int mode) {
    char type = FileMode.isDirectory(mode) ? 'd' : FileMode.isSymlink(mode) ? 'l' : '-';
    return type
        + group(mode >> 6, (mode & SETUID) != 0, 's')
        + group(mode >> 3, (mode & SETGID) != 0, 's')
        + group(mode, (mode & STICKY) != 0, 't');
  }

  /** For example {@code 0755}. */
  public static String octal(int mode) {
    return "%04o".formatted(mode & FileMode.PERMISSIONS);
  }

  private static String group(int bits, boolean special, char mark) {
    boolean execute = (bits & 1) != 0;
    char last = special ? (execute ? mark : Character.toUpperCase(mark)) : execute ? 'x' : '-';
    return "" + ((bits & 4) != 0 ? 'r' : '-') + ((bits & 2) != 0 ? 'w' : '-') + last;
  }
}
