package dev.coppice.core.commit;

import dev.coppice.posix.Fd;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** An open source directory that several jobs use; the last one closes it. */
final class SourceDir {
  private final Fd fd;
  private final String path;
  private final AtomicInteger open;
  private final AtomicInteger users = new AtomicInteger(1);

  /**
   * @param path inside the tree, absolute
   * @param open how many directories are open, for the limit
   */
  SourceDir(Fd fd, String path, AtomicInteger open) {
    this.fd = fd;
    this.path = path;
    this.open = open;
    open.incrementAndGet();
  }

  Fd fd() {
    return fd;
  }

  /** The path inside the tree. */
  String path() {
    return path;
  }

  /** The path of an entry inside the tree. */
  String pathOf(String name) {
    return path.equals("/") ? "/" + name : path + "/" + name;
  }

  void retain() {
    users.incrementAndGet();
  }

  void release() throws IOException {
    if (users.decrementAndGet() == 0) {
      open.decrementAndGet();
      fd.close();
    }
  }
}
