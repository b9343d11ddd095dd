package dev.coppice.core.commit;

import dev.coppice.posix.Fd;
import dev.coppice.posix.Fs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What was taken from a source directory and is removed when the commit is there: exactly the names
 * that were seen, so that a file that appeared meanwhile makes the removal fail and is not lost.
 */
final class Consumed {
  private final String name;
  private final List<String> files = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private final List<Consumed> dirs = new ArrayList<>();

  Consumed(String name) {
    this.name = name;
  }

  /** A file or link inside. */
  void file(String file) {
    files.add(file);
  }

  /** A file or directory inside that is in no tree, and goes with everything in it. */
  void leftOut(String entry) {
    leftOut.add(entry);
  }

  /** A directory inside. */
  Consumed dir(String dir) {
    var inner = new Consumed(dir);
    dirs.add(inner);
    return inner;
  }

  /** Removes the content, then the directory itself unless it is {@code .}. */
  void remove() throws IOException {
    removeContent(Fd.CWD);
    boolean self = name.equals(".") || name.endsWith("/.");
    if (!self) {
      Fs.rmdir(Fd.CWD, name);
    }
  }

  private void removeContent(Fd parent) throws IOException {
    try (Fd directory = Fs.openDir(parent, name)) {
      for (String file : files) {
        Fs.unlink(directory, file);
      }
      for (String entry : leftOut) {
        Fs.removeTree(directory, entry);
      }
      for (Consumed inner : dirs) {
        inner.removeContent(directory);
        Fs.rmdir(directory, inner.name);
      }
    }
  }
}
