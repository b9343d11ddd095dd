package dev.coppice.reposerver.file;

import dev.coppice.posix.Fd;
import dev.coppice.posix.FileStat;
import dev.coppice.posix.Io;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A regular file of the repository, open. What happens to its name no longer matters: a file that
 * was replaced is read to its end.
 */
public record OpenedFile(RepoPath path, Fd fd, FileStat stat) implements AutoCloseable {
  /**
   * The whole content.
   *
   * @throws IOException also when the file has another size than it had
   */
  public byte[] bytes() throws IOException {
    byte[] bytes = Io.readAll(fd, stat.size() + 1);
    if (bytes.length != stat.size()) {
      throw new IOException(path.path() + " changed its size while it was read");
    }
    return bytes;
  }

  /** A channel of its own over the same file, for what only channels can do: sendfile and maps. */
  public FileChannel channel() throws IOException {
    // Through /proc, because the JDK makes no channel of a descriptor; no name is looked up again.
    return FileChannel.open(Path.of(fd.procPath()), StandardOpenOption.READ);
  }

  @Override
  public void close() throws IOException {
    fd.close();
  }
}
